package intake

import (
	"regexp"
	"time"
)

// excelEpoch is the day that a workbook counts 0, given that it counts a 29
// February 1900.
var excelEpoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// dayMonth is how a spreadsheet shows a date without its year: "3-Mar",
// "Mar-03", "03.Mar".
var dayMonth = regexp.MustCompile(`^(?:(\d{1,2})[-. /]([a-z]{3,9})|([a-z]{3,9})[-. /](\d{1,2}))$`)
