import pandas as pd


def clean(rows):
    return rows


def process_sales_data(frame: "pd.DataFrame"):
    return frame.dropna()
