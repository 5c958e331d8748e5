FROM ghcr.io/sales/dbt:1.8
COPY --chown=1000:1000 sql/ /queries/
