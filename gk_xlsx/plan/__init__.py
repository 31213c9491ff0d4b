"""Form and report → every cell of every sheet (`workbook`, `merged_workbook`); pure, carried out
by `gk_xlsx.workbook.write`.
"""
