FROM python:3.12-slim
COPY services/orders /app
COPY common /common
ENV PYTHONPATH=/app:/common
CMD ["python", "/app/jobs/run.py"]
