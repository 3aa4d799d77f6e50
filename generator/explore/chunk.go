package explore

import (
	"encoding/json"
	"fmt"
)

// chunkRows is how many rows one data file holds: a page shows its first rows
// within a second from a share when it need not wait for a larger file.
const chunkRows = 5000

// A column is one field of all rows, by the name the script knows it by.
type column struct {
	key    string
	values []any
}

// A chunk is a data file: a classic script, since a page from a file share may
// request nothing, that adds its columns to a list.
type chunk struct {
	path string
	data []byte
}

// chunks cuts columns into data files. There is one at least.
func chunks(path string, columns []column) ([]chunk, error) {
	rows := 0
	if len(columns) > 0 {
		rows = len(columns[0].values)
	}
	var out []chunk
	for from := 0; from < rows || from == 0; from += chunkRows {
		to := min(rows, from+chunkRows)
		part := map[string][]any{}
		for _, c := range columns {
			part[c.key] = c.values[from:to]
		}
		text, err := json.Marshal(part) // keys sorted; <, > and & escaped
		if err != nil {
			return nil, err
		}
		data := []byte("(self.proofpackRows=self.proofpackRows||[]).push(")
		data = append(append(data, text...), ");\n"...)
		out = append(out, chunk{fmt.Sprintf("%s-%d.js", path, len(out)+1), data})
	}
	return out, nil
}
