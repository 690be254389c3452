{{/* Whether a process can have more than one pod, by its own number or by what scales it. */}}
{{- define "linghang.isMany" -}}
{{- $scaling := .autoscaling -}}
{{- if eq $scaling.by "none" -}}
{{- gt (int .replicas) 1 -}}
{{- else -}}
{{- gt (int $scaling.minReplicas) 1 -}}
{{- end -}}
{{- end -}}

{{/* Processor, as a metric of a HorizontalPodAutoscaler, unless others are asked for. */}}
{{- define "linghang.hpaMetrics" -}}
{{- if .metrics -}}
{{- toYaml .metrics -}}
{{- else -}}
- type: Resource
  resource:
    name: cpu
    target: { type: Utilization, averageUtilization: {{ .cpuPercent }} }
{{- end -}}
{{- end -}}

{{/*
What KEDA looks at, unless told otherwise: what its busiest consumer has yet to read, how many tasks wait at Temporal, and
the processor. Takes (list root process).
*/}}
{{- define "linghang.kedaTriggers" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $spec := $process.spec -}}
{{- $keda := $process.values.autoscaling.keda -}}
{{- $facts := include "linghang.facts" $root | fromYaml -}}
{{- if $keda.triggers -}}
{{- include "linghang.tpl" (list $root $keda.triggers) -}}
{{- else -}}
{{- with $spec.lag }}
- type: kafka
  metadata:
    bootstrapServers: {{ include "linghang.kafkaBrokers" $root | quote }}
    consumerGroup: {{ printf "%s%s.%s" $root.Values.kafka.groupPrefix $process.name .group | quote }}
    topic: {{ .topic }}.events
    lagThreshold: {{ $keda.lag | quote }}
    {{- if $facts.kafkaPassword }}
    sasl: {{ $root.Values.kafka.sasl.mechanism | lower | replace "-" "_" | replace "scram_sha_" "scram_sha" | replace "plain" "plaintext" }}
    {{- end }}
    tls: {{ ternary "enable" "disable" (hasSuffix "SSL" $root.Values.kafka.securityProtocol) }}
  {{- if $facts.kafkaPassword }}
  authenticationRef: { name: {{ $process.fullname }} }
  {{- end }}
{{- end }}
{{- with $spec.taskQueue }}
- type: temporal
  metadata:
    endpoint: {{ $root.Values.temporal.address | quote }}
    namespace: {{ include "linghang.temporalNamespace" $root }}
    taskQueue: {{ . }}
    targetQueueSize: {{ $keda.tasks | quote }}
    queueTypes: workflow,activity
  {{- if or $facts.temporalApiKey $root.Values.trust.temporal.cert }}
  authenticationRef: { name: {{ $process.fullname }} }
  {{- end }}
{{- end }}
- type: cpu
  metricType: Utilization
  metadata: { value: {{ $process.values.autoscaling.cpuPercent | quote }} }
{{- end -}}
{{- end -}}

{{/* How KEDA proves to Kafka and Temporal who it is: as the process that it scales. Takes (list root process). */}}
{{- define "linghang.kedaCredentials" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $facts := include "linghang.facts" $root | fromYaml -}}
{{- $secrets := dict -}}
{{- range (include "linghang.secrets" . | fromYaml).items }}{{- $_ := set $secrets .variable . }}{{- end -}}
{{- $refs := list -}}
{{- $kafka := include "linghang.trust" (list $root "kafka") | fromYaml -}}
{{- if and $process.spec.lag $facts.kafkaPassword -}}
{{- $password := $secrets.KAFKA_SASL_PASSWORD -}}
{{- $refs = append $refs (dict "parameter" "password" "name" $password.secret "key" $password.key) -}}
{{- if and $kafka.secret $kafka.ca }}{{- $refs = append $refs (dict "parameter" "ca" "name" $kafka.secret "key" $kafka.ca) }}{{- end -}}
{{- end -}}
{{- if and $process.spec.taskQueue (not (and $process.spec.lag $facts.kafkaPassword)) -}}
{{- $temporal := $root.Values.trust.temporal -}}
{{- if and $temporal.secret $temporal.cert -}}
{{- range $parameter := list "ca" "cert" "key" }}
{{- with index $temporal $parameter }}{{- $refs = append $refs (dict "parameter" $parameter "name" $temporal.secret "key" .) }}{{- end }}
{{- end -}}
{{- end -}}
{{- with $secrets.TEMPORAL_API_KEY }}{{- $refs = append $refs (dict "parameter" "apiKey" "name" .secret "key" .key) }}{{- end -}}
{{- end -}}
{{- toYaml (dict "refs" $refs "username" (and $process.spec.lag $facts.kafkaPassword | default false)) -}}
{{- end -}}
