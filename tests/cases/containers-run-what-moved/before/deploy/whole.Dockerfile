FROM python:3.12-slim
WORKDIR /srv/app
COPY . .
RUN pip install --no-cache-dir -e .
CMD python /srv/app/run_all.py && python loaders/check.py
