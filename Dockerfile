# An image of nothing but plancheck: a static program, no shell, no root.
#   docker build -t plancheck .
#   docker run --rm -v "$PWD:/work:ro" plancheck check proposals/
# For pipelines that run scripts, the same with a shell:
#   docker build --target shell -t plancheck:shell .

FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
# Long reports wait in a temporary file for the end of the run: the image needs /tmp.
RUN cargo build --release --locked --bin plancheck \
 && mkdir -p /image/usr/local/bin \
 && install -m 755 target/release/plancheck /image/usr/local/bin/plancheck \
 && install -d -m 1777 /image/tmp

FROM busybox:1.37-musl AS shell
COPY --from=build /image/ /
USER 65532:65532
WORKDIR /work

FROM scratch
COPY --from=build /image/ /
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/plancheck"]
CMD ["check"]
