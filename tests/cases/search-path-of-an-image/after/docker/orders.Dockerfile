FROM python:3.12-slim
WORKDIR /app
COPY . .
ENV PYTHONUNBUFFERED=1 \
    PYTHONPATH=/app/core
CMD ["python", "-m", "pipelines.services.orders.jobs.run"]
