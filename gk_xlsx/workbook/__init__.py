"""The workbook as a file: the only place that knows XlsxWriter and the package's XML."""
