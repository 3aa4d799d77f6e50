package report

// A Document is what report.json says; 09-command-line has the contract.
type Document struct{}
