// Package proofpack_test only pins module versions until every package that
// needs them exists; it is deleted when they do.
package proofpack_test

import (
	_ "codeberg.org/go-pdf/fpdf"
	_ "github.com/chromedp/chromedp"
	_ "github.com/go-echarts/go-echarts/v2/charts"
	_ "github.com/go-json-experiment/json/jsontext"
	_ "github.com/goccy/go-yaml"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/johnfercher/maroto/v2/pkg/core"
	_ "github.com/microcosm-cc/bluemonday"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/spf13/pflag"
	_ "github.com/yuin/goldmark"
	_ "golang.org/x/net/html"
	_ "golang.org/x/text/encoding/charmap"
)
