{{/* What the collector does: takes OTLP, keeps within its memory, sends on. A config of one's own takes its place whole. */}}
{{- define "linghang.collectorConfig" -}}
{{- if .Values.collector.config -}}
{{- toYaml .Values.collector.config -}}
{{- else -}}
extensions:
  health_check: { endpoint: "0.0.0.0:13133" }
receivers:
  otlp:
    protocols:
      grpc: { endpoint: "0.0.0.0:4317" }
      http: { endpoint: "0.0.0.0:4318" }
processors:
  memory_limiter: { check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20 }
  batch: {}
exporters:
  otlphttp: { endpoint: {{ .Values.collector.endpoint | quote }} }
service:
  extensions: [health_check]
  pipelines:
    traces: { receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlphttp] }
    metrics: { receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlphttp] }
{{- end -}}
{{- end -}}
