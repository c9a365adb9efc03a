package request

// Format is what a file is made as.
type Format string

// The formats. IATI is the fund's activity file in the standard of that name.
const (
	XLSX Format = "xlsx"
	PDF  Format = "pdf"
	CSV  Format = "csv"
	IATI Format = "iati"
)

// Formats are those in which a kind can be asked for; the first one is meant where none is named.
func (k Kind) Formats() []Format {
	switch k {
	case Donor:
		return []Format{XLSX, PDF, CSV}
	case Fund:
		return []Format{XLSX, IATI}
	}
	return []Format{XLSX}
}

// OrFirst is the format, or the one that is meant where none is named.
func (f Format) OrFirst() Format {
	if f == "" {
		return XLSX
	}
	return f
}

// Extension ends the names of such files.
func (f Format) Extension() string {
	if f == IATI {
		return ".xml"
	}
	return "." + string(f.OrFirst())
}

// MediaType names what such a file is to a browser.
func (f Format) MediaType() string {
	switch f {
	case PDF:
		return "application/pdf"
	case CSV:
		return "text/csv; charset=utf-8"
	case IATI:
		return "application/xml"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
