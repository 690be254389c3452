{{/* Who does what at Kafka: files/access.json, made from the services' own rooms by `npm run events:access`. */}}
{{- define "linghang.access" -}}
{{- .Files.Get "files/access.json" -}}
{{- end -}}

{{/*
What a process may do at Kafka: write its own topic alone, read those whose events it hears, in groups of its own name.
Takes (list root name).
*/}}
{{- define "linghang.acls" -}}
{{- $root := index . 0 -}}
{{- $access := include "linghang.access" $root | fromJson -}}
{{- $with := printf "KAFKA_TOPICS=%s" $root.Values.kafka.topics -}}
{{- range (index $access.processes (index . 1)).acls }}
{{- if eq $with (.onlyWith | default $with) }}
{{- $name := .resource.name }}
{{- if eq .resource.type "group" }}{{ $name = printf "%s%s" $root.Values.kafka.groupPrefix (trimPrefix $access.groupPrefix $name) }}{{ end }}
- resource: { type: {{ .resource.type }}, name: {{ $name }}, patternType: {{ .resource.patternType }} }
  operations: {{ toJson .operations }}
{{- end }}
{{- end }}
{{- end -}}
