from kafka_producer import SalesDataProducer
from sales_batch_job import SalesETLJob

if __name__ == "__main__":
    SalesETLJob().run()
