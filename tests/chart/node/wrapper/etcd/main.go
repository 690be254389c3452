// Command etcd is etcd's own server. It is built from the module, since a go.mod with local replacements cannot be
// installed by name.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
