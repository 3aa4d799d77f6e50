// Proofpack turns exports from the tools you already use into a signed evidence
// site and board packet.
package main

import (
	"crypto/rand"
	"io"
	"io/fs"
	"os"
	"time"
	_ "time/tzdata" // time zones must be the same on every machine

	sampledata "proofpack/sample-data"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the whole program: arguments in, exit code out.
func run(args []string, stdout, stderr io.Writer) int {
	sample, err := fs.Sub(sampledata.FS, "exports") // a folder a month
	if err != nil {
		sample = nil
	}
	s := &session{
		sample: sample,
		stdout: stdout,
		stderr: stderr,
		colour: isTerminal(stderr) && os.Getenv("NO_COLOR") == "",
		now:    time.Now,
		random: rand.Reader,
		browse: browse,
		ask:    secretLine(),
	}
	return s.dispatch(args, commands(s))
}

// commands lists the commands in the order of the help.
func commands(s *session) []*command {
	return []*command{
		checkCommand(s),
		buildCommand(s),
		openCommand(s),
		diffCommand(s),
		backtestCommand(s),
		initCommand(s),
		keyCommand(s),
		verifyCommand(s),
	}
}
