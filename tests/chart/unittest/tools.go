//go:build tools

// Package tools holds on to what is built from this module.
package tools

import _ "github.com/helm-unittest/helm-unittest/cmd/helm-unittest"
