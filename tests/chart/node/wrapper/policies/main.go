// Command policies enforces NetworkPolicy with iptables and ipset: kube-router's controller of policies, without its
// router, its load balancer and what those two bring along.
package main

import (
	"flag"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"github.com/cloudnativelabs/kube-router/v2/pkg/controllers/netpol"
	"github.com/cloudnativelabs/kube-router/v2/pkg/healthcheck"
	"github.com/cloudnativelabs/kube-router/v2/pkg/options"
	"github.com/spf13/pflag"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/klog/v2"
)

func orDie[T any](value T, err error) T {
	if err != nil {
		klog.Fatal(err)
	}
	return value
}

func main() {
	klog.InitFlags(nil)
	config := options.NewKubeRouterConfig()
	config.AddFlags(pflag.CommandLine)
	pflag.Parse()
	// klog refuses to speak before the standard flags have been parsed.
	_ = flag.CommandLine.Parse(nil)

	api := orDie(kubernetes.NewForConfig(orDie(clientcmd.BuildConfigFromFlags(config.Master, config.Kubeconfig))))
	over := make(chan struct{})
	watched := informers.NewSharedInformerFactory(api, 0)
	pods := watched.Core().V1().Pods().Informer()
	namespaces := watched.Core().V1().Namespaces().Informer()
	rules := watched.Networking().V1().NetworkPolicies().Informer()
	watched.Start(over)
	watched.WaitForCacheSync(over)

	tables, sets, err := netpol.NewIPTablesHandlers(config)
	if err != nil {
		klog.Fatal(err)
	}
	var setsAreMine sync.Mutex
	controller := orDie(netpol.NewNetworkPolicyController(
		api, config, pods, rules, namespaces, &setsAreMine, tables, sets))
	for informer, handler := range map[cache.SharedIndexInformer]cache.ResourceEventHandler{
		pods: controller.PodEventHandler, namespaces: controller.NamespaceEventHandler,
		rules: controller.NetworkPolicyEventHandler,
	} {
		orDie(informer.AddEventHandler(handler))
	}

	// Nobody listens to its heart here; unread, the beats would stop it.
	beats := make(chan *healthcheck.ControllerHeartbeat, 8)
	go func() {
		for range beats {
		}
	}()
	var running sync.WaitGroup
	running.Add(1)
	go controller.Run(beats, over, &running)
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGINT, syscall.SIGTERM)
	<-asked
	close(over)
	running.Wait()
}
