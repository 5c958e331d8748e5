FROM python:3.12-slim
COPY src/pipelines/services/orders /app
COPY src/pipelines/utils /common
ENV PYTHONPATH=/app:/common
CMD ["python", "-m", "pipelines.services.orders.jobs.run"]
