package source

// Limits on what one source may ask of us. Each is far beyond any export we
// have seen; beyond it lies a broken or hostile file.
const (
	// maxCell is the most characters one cell may hold: the limit of a cell of
	// an Excel workbook, so that whatever we accept can be handed on.
	maxCell = 32767

	// maxRecord is the most bytes one record may hold, in bytes of UTF-8.
	maxRecord = 1 << 20

	// maxColumns is the most cells of a record, and the most different
	// members of all JSON elements together.
	maxColumns = 1024

	// maxDepth is how deep JSON may be nested.
	maxDepth = 64

	// maxDocument is the size of a document that has to be held whole (a JSON
	// document); CSV and JSON lines are read as a stream of any length.
	maxDocument = 200 << 20

	// maxUnpacked is the most bytes a gzip file may unpack to.
	maxUnpacked = 64 << 30

	// maxRatio is the most bytes that one byte of gzip may unpack to. Logs
	// reach 10 to 40; DEFLATE itself allows 1,032.
	maxRatio = 200

	// ratioFrom is the unpacked size from which maxRatio is asked: below it
	// the ratio of a small regular file says nothing.
	ratioFrom = 1 << 20

	// maxRejected is the most records of one file that are listed as
	// rejected; with more the file is refused. Far above the share of
	// rejected rows that a policy lets pass, it only bounds memory.
	maxRejected = 100000

	// maxRepeats is how many problems of one kind a file lists one by one;
	// the rest are counted.
	maxRepeats = 20

	// maxFooter is the most lines below the rows that may be footers.
	maxFooter = 20

	// maxPreamble is the most records that may stand above a header.
	maxPreamble = 1000

	// sampleBytes and sampleRecords bound what delimiter and header row are
	// decided from.
	sampleBytes   = 256 << 10
	sampleRecords = 100

	// headBytes is how much of a file its kind is decided from.
	headBytes = 64 << 10

	// blockBytes is how much is read at a time.
	blockBytes = 256 << 10
)
