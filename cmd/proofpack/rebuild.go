package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"proofpack/generator"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/seal"
)

// rebuild builds a verified archive again from what is in it, in a folder of its
// own, and says whether every byte is the same. It returns what --json adds.
func (s *session) rebuild(path string, v *seal.Verification) (answer map[string]any, code int) {
	if !generator.Rebuildable(v) {
		s.say("  rebuilt      no: %s holds no exports; give the archive of the month", filepath.FromSlash(path))
		return map[string]any{"rebuilt": false}, exitRefused
	}
	done, err := s.rebuilt(path, v)
	var p *diag.Problem
	if errors.As(err, &p) {
		s.flat([]*diag.Problem{p})
		return map[string]any{"rebuilt": false, "problems": asJSON([]*diag.Problem{p})}, exitRefused
	}
	if err != nil {
		return map[string]any{"rebuilt": false}, s.fail(err)
	}
	s.otherProgram(v)
	from := evidence.Of(done.Sources, "file as received", "files as received")
	answer = map[string]any{"rebuilt": true, "same": done.Same, "different": differencesJSON(done.Differences), "problems": asJSON(done.Problems)}
	switch {
	case len(done.Problems) > 0:
		s.say("  rebuilt      no: from %s nothing can be built", from)
		s.numbered(causes(done.Problems))
		return answer, exitDiffers
	case len(done.Differences) == 0:
		s.say("  rebuilt      %s from %s, every byte the same", evidence.Of(done.Same, "file", "files"), from)
		return answer, exitOK
	}
	s.say("  rebuilt      from %s: %d the same, %d not", from, done.Same, len(done.Differences))
	if done.OtherNames {
		s.say("  pseudonyms   made with another key than the archive's: names differ for that alone")
	}
	for i, d := range done.Differences {
		if i == mostListed {
			s.say("               and %d more", len(done.Differences)-mostListed)
			break
		}
		s.say("               %s", differenceText(d))
	}
	return answer, exitDiffers
}

// rebuilt builds the archive again as its own record says it was called.
func (s *session) rebuilt(path string, v *seal.Verification) (_ *generator.Rebuilt, err error) {
	o := &buildOptions{}
	if v.Record != nil {
		words := strings.Fields(strings.TrimPrefix(v.Record.Command, "proofpack build"))
		if err := flagSet(buildCommandOptions(o)).Parse(words); err != nil {
			return nil, fmt.Errorf("rebuild: the archive was called to be built in a way that this program does not know: %w", err)
		}
	}
	if o.month == "" {
		o.month = v.Packet // what it is; the newest month of this folder is no matter
	}
	opts, problem := s.generatorOptions(o)
	if problem != nil {
		return nil, problem
	}
	opts.PseudonymKey = s.knownPseudonymKey
	scratch, err := os.MkdirTemp("", "proofpack-rebuild-")
	if err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	return generator.Rebuild(s.path(path), v, opts, scratch)
}

// otherProgram says that the archive was made by another version: a difference
// may come from that.
func (s *session) otherProgram(v *seal.Verification) {
	t := v.Record.Tool
	if t.Version == version && t.Commit == commit() && t.Go == runtime.Version() {
		return
	}
	s.say("  made by      %s %s, commit %s, %s; this is %s, commit %s, %s", t.Name, t.Version, t.Commit, t.Go, version, commit(), runtime.Version())
}

func differenceText(d seal.Difference) string {
	switch {
	case d.First == "":
		return filepath.FromSlash(d.Path) + "  is not in the archive"
	case d.Other == "":
		return filepath.FromSlash(d.Path) + "  is in the archive alone"
	}
	return fmt.Sprintf("%s  archived %s, rebuilt %s", filepath.FromSlash(d.Path), short(d.First), short(d.Other))
}

func differencesJSON(all []seal.Difference) []map[string]string {
	out := []map[string]string{}
	for _, d := range all {
		out = append(out, map[string]string{"path": d.Path, "archived": d.First, "rebuilt": d.Other})
	}
	return out
}
