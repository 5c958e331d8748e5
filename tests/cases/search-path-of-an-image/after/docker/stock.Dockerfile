FROM python:3.12-slim
WORKDIR /srv
COPY src/pipelines/services/stock/code ./code
COPY src/pipelines/utils/ src/pipelines/utils/
CMD ["python", "-m", "pipelines.services.stock.code.batch.run"]
