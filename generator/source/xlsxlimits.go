package source

// Limits on what one workbook may ask of us, beside those of limits.go. A
// workbook is a zip of XML: both can make little into very much.
const (
	// maxParts is the most entries of the zip. A workbook of a thousand
	// sheets with a drawing and a table each has about 7,000.
	maxParts = 10000

	// maxPart is the most bytes that one part may unpack to. A million rows of
	// twenty cells are more, but do not pack as tightly as maxPart is about:
	// see maxLoosePart.
	maxPart = 256 << 20

	// maxLoosePart is the same for a part that is looseRatio times its packed
	// size or less, so that who wants to keep us busy must at least send the
	// bytes. Sheets of real exports unpack to 5 to 15 times.
	maxLoosePart = 2 << 30
	looseRatio   = 40

	// maxUnzipped is the most bytes that are unpacked of one workbook in all.
	maxUnzipped = 6 << 30

	// maxMarkup is the most bytes of one tag, comment or CDATA section.
	maxMarkup = 1 << 20

	// maxAttributes is the most attributes of one tag; the root of a sheet by
	// Excel has about 15.
	maxAttributes = 128

	// maxSheets is the most sheets of a workbook that are looked at.
	maxSheets = 1000

	// maxStrings is the most bytes of memory for the shared strings, text and
	// 16 bytes for each.
	maxStrings = 128 << 20

	// maxStyles is the most cell formats: Excel's own limit is 65,490.
	maxStyles = 65536

	// maxFormatCode is the most characters of a number format in Excel.
	maxFormatCode = 255

	// maxSheetRow and maxSheetColumn are the last row and column of a sheet in
	// Excel (XFD).
	maxSheetRow    = 1 << 20
	maxSheetColumn = 1 << 14

	// maxPlaces is the most places of a table, rows by columns, empty ones
	// included: all rows of a sheet with 22 columns each.
	maxPlaces = 24 << 20

	// A table of more than sparseFrom places of which fewer than one in
	// sparseShare holds text is refused: a file of a few kilobytes can ask
	// for gigabytes of empty cells.
	sparseFrom  = 4 << 20
	sparseShare = 50

	// maxText is the most bytes of text of a table's cells: a string that is
	// shared by a million cells is there once in the file and a million times
	// in whatever is made of it.
	maxText = 512 << 20
)
