FROM python:3.12-slim
WORKDIR /srv
COPY services/stock/code ./code
COPY shared/ shared/
CMD ["python", "code/batch/run.py"]
