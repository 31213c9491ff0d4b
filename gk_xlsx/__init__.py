"""gk-xlsx: 政府信息公开工作年度报告 as locked workbooks, checked figures and finished documents."""
