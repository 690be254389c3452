{{/*
What a process may do at Kafka: write its own topic alone, read those whose events it hears, in groups of its own name.
Takes (list root name spec).
*/}}
{{- define "linghang.acls" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $spec := index . 2 -}}
{{- $groups := list "Read" "Describe" -}}
{{- /* The gateway's group is of its instance and goes with it. */}}
{{- if not $spec.database }}{{- $groups = append $groups "Delete" }}{{- end -}}
{{- if $spec.writes }}
- resource: { type: topic, name: {{ $name }}.events, patternType: literal }
  operations: {{ concat (list "Write" "Describe" "DescribeConfigs") (ternary (list "Create") list (eq $root.Values.kafka.topics "create")) | toJson }}
{{- end }}
{{- range $spec.reads }}
- resource: { type: topic, name: {{ . }}.events, patternType: literal }
  operations: ["Read", "Describe", "DescribeConfigs"]
{{- end }}
- resource: { type: group, name: {{ printf "%s%s." $root.Values.kafka.groupPrefix $name }}, patternType: prefix }
  operations: {{ toJson $groups }}
{{- end -}}
