// Package explore writes the interactive pages: charts by the options of
// go-echarts, drawn by ECharts, over tables that sort, filter and page. Nothing
// on them is a fact that no evidence page has.
package explore

import (
	"errors"
	"fmt"
	"io/fs"

	"proofpack/generator/report"
	"proofpack/templates"
)

// Files writes the explore pages of a report and yields each file as a path
// inside the folder with its bytes, in a fixed order. theme is the folder of the
// theme; one without the charting library gives pages without charts, which say so.
func Files(r *report.Report, theme fs.FS, yield func(path string, data []byte) error) error {
	k, err := rankingOf(r)
	if err != nil {
		return fmt.Errorf("explore: %w", err)
	}
	return Pages(r, k, theme, yield)
}

// Pages is Files over a ranking that is given.
func Pages(r *report.Report, k Ranking, theme fs.FS, yield func(path string, data []byte) error) error {
	library, err := fs.ReadFile(theme, "assets/js/echarts.js")
	charts := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("explore: theme: %w", err)
	}
	scripts, err := fs.ReadFile(templates.FS, "explore/explore.js")
	if err != nil {
		return fmt.Errorf("explore: %w", err)
	}
	if charts {
		if err := yield("assets/echarts.js", library); err != nil {
			return err
		}
		if err := licenses(theme, yield); err != nil {
			return err
		}
	}
	if err := yield("assets/explore.js", scripts); err != nil {
		return err
	}
	chunks, err := chunks("explore/data/ranking", k.columns(r.Currency))
	if err != nil {
		return fmt.Errorf("explore: %w", err)
	}
	for _, c := range chunks {
		if err := yield(c.path, c.data); err != nil {
			return err
		}
	}
	page, err := k.page(r, charts, chunks)
	if err != nil {
		return fmt.Errorf("explore: ranking: %w", err)
	}
	return yield("explore/ranking.html", page)
}

// licenses yields what goes along with the charting library by its own terms.
func licenses(theme fs.FS, yield func(path string, data []byte) error) error {
	for _, name := range []string{"echarts", "echarts-notice", "echarts-d3", "zrender", "tslib"} {
		data, err := fs.ReadFile(theme, "assets/licenses/"+name+".txt")
		if err != nil {
			return fmt.Errorf("explore: theme: %w", err)
		}
		if err := yield("assets/license-"+name+".txt", data); err != nil {
			return err
		}
	}
	return nil
}
