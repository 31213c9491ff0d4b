"""Files that are damaged or mean harm, made by code; what `gk-xlsx check` must say of each."""
