{{/* The environment of a process: what docs/for-operators.md lists, from the values, secrets aside. */}}

{{- define "linghang.env" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $spec := $process.spec -}}
{{- $values := $process.values -}}
{{- $facts := include "linghang.facts" $root | fromYaml -}}
- name: HOST
  value: {{ $root.Values.listenOn | quote }}
- name: PORT
  value: "8080"
- name: MANAGEMENT_PORT
  value: "9090"
- name: INSTANCE_ID
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- name: DRAIN_SECONDS
  value: {{ $values.drainSeconds | quote }}
- name: SHUTDOWN_SECONDS
  value: {{ $values.shutdownSeconds | quote }}
- name: LOG_LEVEL
  value: {{ $values.logLevel }}
{{- with $values.nodeOptions }}
- name: NODE_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- include "linghang.telemetryEnv" $root }}
{{- if $spec.database }}
{{- with $values.databaseConnections }}
- name: DATABASE_CONNECTIONS
  value: {{ . | quote }}
{{- end }}
{{- /* 0 says something. */}}
{{- if not (kindIs "invalid" $root.Values.postgresql.keptStatements) }}
- name: DATABASE_KEPT_STATEMENTS
  value: {{ $root.Values.postgresql.keptStatements | quote }}
{{- end }}
{{- end }}
{{- if $spec.kafka }}
{{- include "linghang.kafkaEnv" (list $root $process $facts) }}
{{- end }}
{{- if $spec.temporal }}
{{- include "linghang.temporalEnv" $root }}
{{- end }}
{{- if $spec.papers }}
- name: MATERIALS_STORE
  value: {{ include "linghang.materialsStore" $root | quote }}
{{- end }}
{{- if eq $process.name "gateway" }}
- name: PUBLIC_URL
  value: {{ $root.Values.publicUrl | quote }}
- name: OIDC_ISSUER
  value: {{ $root.Values.oidc.issuer | quote }}
- name: OIDC_AUDIENCE
  value: {{ $root.Values.oidc.audience | quote }}
- name: SUBGRAPH_URLS
  value: {{ include "linghang.subgraphUrls" $root | quote }}
- name: APOLLO_TELEMETRY_DISABLED
  value: "1"
{{- end }}
{{- if eq $process.name "dues" }}
- name: ACTIVITIES
  value: {{ ternary "on" "off" $root.Values.temporal.duesActivities | quote }}
{{- include "linghang.paymentsEnv" $root }}
{{- end }}
{{- if eq $process.name "assessment" }}
- name: ACTIVITIES
  value: {{ ternary "on" "off" $root.Values.temporal.assessmentActivities | quote }}
{{- end }}
{{- range $name, $value := $values.settings }}
- name: {{ $name }}
  {{- /* Numbers of values are floats: printed as text, 134217728 would be 1.34217728e+08. */}}
  value: {{ ternary $value ($value | toJson) (kindIs "string" $value) | quote }}
{{- end }}
{{- end -}}

{{- define "linghang.subgraphUrls" -}}
{{- $urls := dict -}}
{{- $platform := include "linghang.platform" . | fromYaml -}}
{{- range $name, $spec := $platform.processes }}
{{- if and $spec.serves (ne $name "gateway") }}
{{- $_ := set $urls $name (printf "http://%s-%s:8080" (include "linghang.fullname" $) $name) }}
{{- end }}
{{- end }}
{{- toJson $urls -}}
{{- end -}}

{{- define "linghang.materialsStore" -}}
{{- .Values.materials.store | default "file:///var/lib/linghang/papers" -}}
{{- end -}}

{{- define "linghang.telemetryEndpoint" -}}
{{- if .Values.telemetry.endpoint -}}
{{- .Values.telemetry.endpoint -}}
{{- else if .Values.collector.enabled -}}
{{- printf "http://%s-collector:%s" (include "linghang.fullname" .) (ternary "4317" "4318" (eq .Values.telemetry.protocol "grpc")) -}}
{{- end -}}
{{- end -}}

{{- define "linghang.telemetryEnv" -}}
{{- $telemetry := .Values.telemetry }}
{{- with include "linghang.telemetryEndpoint" . }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
- name: OTEL_EXPORTER_OTLP_PROTOCOL
  value: {{ $telemetry.protocol }}
- name: OTEL_TRACES_EXPORTER
  value: {{ ternary "otlp" "none" $telemetry.traces }}
- name: OTEL_METRICS_EXPORTER
  value: {{ ternary "otlp" "none" $telemetry.metrics }}
- name: OTEL_RESOURCE_ATTRIBUTES
  value: {{ printf "k8s.namespace.name=%s%s" $.Release.Namespace (ternary (printf ",linghang.cell=%s" $.Values.cell.name) "" (ne $.Values.cell.name "")) }}
- name: OTEL_TRACES_SAMPLER
  value: parentbased_traceidratio
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ $telemetry.sampled | quote }}
{{- end }}
{{- end -}}

{{- define "linghang.kafkaBrokers" -}}
{{- if .Values.kafka.brokers -}}
{{- join "," .Values.kafka.brokers -}}
{{- else if and .Values.strimzi.enabled .Values.strimzi.kafka.enabled -}}
{{- printf "%s-kafka-bootstrap:9093" (include "linghang.kafkaCluster" .) -}}
{{- end -}}
{{- end -}}

{{- define "linghang.kafkaEnv" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $facts := index . 2 -}}
{{- $kafka := $root.Values.kafka }}
- name: KAFKA_BROKERS
  value: {{ include "linghang.kafkaBrokers" $root | quote }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ $kafka.securityProtocol }}
- name: KAFKA_GROUP_PREFIX
  value: {{ $kafka.groupPrefix | quote }}
- name: KAFKA_TOPICS
  value: {{ $kafka.topics }}
- name: KAFKA_TOPIC_PARTITIONS
  value: {{ $kafka.topic.partitions | quote }}
- name: KAFKA_TOPIC_REPLICATION
  value: {{ $kafka.topic.replication | quote }}
- name: KAFKA_TOPIC_RETENTION_HOURS
  value: {{ $kafka.topic.retentionHours | quote }}
{{- if $facts.kafkaSasl }}
- name: KAFKA_SASL_MECHANISM
  value: {{ $kafka.sasl.mechanism }}
{{- end }}
{{- if $facts.kafkaPassword }}
- name: KAFKA_SASL_USERNAME
  value: {{ include "linghang.kafkaUser" (list $root $process.name) }}
{{- end }}
{{- if $facts.kafkaToken }}
- name: KAFKA_OAUTH_TOKEN_FILE
  value: /var/run/linghang/kafka-token/token
{{- end }}
{{- if $facts.kafkaClientSecret }}
- name: KAFKA_OAUTH_TOKEN_ENDPOINT
  value: {{ $kafka.sasl.oauth.tokenEndpoint | quote }}
- name: KAFKA_OAUTH_CLIENT_ID
  value: {{ include "linghang.kafkaUser" (list $root $process.name) }}
{{- with $kafka.sasl.oauth.scope }}
- name: KAFKA_OAUTH_SCOPE
  value: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The name by which a process is known to Kafka. Takes (list root process name). */}}
{{- define "linghang.kafkaUser" -}}
{{- $root := index . 0 -}}
{{- index $root.Values.kafka.users (index . 1) | default (printf "%s-%s" (include "linghang.fullname" $root) (index . 1)) -}}
{{- end -}}

{{- define "linghang.kafkaCluster" -}}
{{- .Values.strimzi.cluster | default (printf "%s-kafka" (include "linghang.fullname" .)) -}}
{{- end -}}

{{- define "linghang.databaseCluster" -}}
{{- .Values.cnpg.cluster.name | default (printf "%s-postgresql" (include "linghang.fullname" .)) -}}
{{- end -}}

{{- define "linghang.temporalNamespace" -}}
{{- .Values.temporal.namespace | default (ternary (printf "linghang-%s" .Values.cell.name) "linghang" (ne .Values.cell.name "")) -}}
{{- end -}}

{{- define "linghang.temporalEnv" -}}
{{- $temporal := .Values.temporal }}
- name: TEMPORAL_ADDRESS
  value: {{ $temporal.address | quote }}
- name: TEMPORAL_NAMESPACE
  value: {{ include "linghang.temporalNamespace" . }}
- name: TEMPORAL_TLS
  value: {{ ternary "on" "off" $temporal.tls | quote }}
{{- end -}}

{{- define "linghang.paymentsEnv" -}}
{{- $payments := .Values.payments }}
{{- if $payments.enabled }}
- name: PAYMENTS_BASE_URL
  value: {{ $payments.baseUrl | quote }}
- name: PAYMENTS_MERCHANT_ID
  value: {{ $payments.merchantId | quote }}
- name: PAYMENTS_APP_ID
  value: {{ $payments.appId | quote }}
- name: PAYMENTS_MERCHANT_SERIAL
  value: {{ $payments.merchantSerial | quote }}
- name: PAYMENTS_NOTIFY_URL
  value: {{ $payments.notifyUrl | default (printf "%s/payments/notify" (trimSuffix "/" .Values.publicUrl)) | quote }}
- name: PAYMENTS_COMMITTEES
  value: {{ join "," $payments.committees | quote }}
{{- end }}
{{- end -}}
