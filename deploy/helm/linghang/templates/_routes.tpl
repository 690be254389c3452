{{/* How callers come in. */}}

{{/* Names under which the platform is reached: those given, and those of its counties, which stay with a county wherever it moves. */}}
{{- define "linghang.hosts" -}}
{{- $hosts := .Values.routes.hosts -}}
{{- range .Values.counties }}{{- with .host }}{{- $hosts = append $hosts . }}{{- end }}{{- end -}}
{{- toJson ($hosts | uniq) -}}
{{- end -}}

{{/* Paths of the gateway that are let in, each {path, type}; the rest is not there from outside. */}}
{{- define "linghang.paths" -}}
{{- $paths := list
  (dict "path" "/" "type" "Exact")
  (dict "path" "/graphql" "type" "Exact")
  (dict "path" "/schema.graphql" "type" "Exact")
  (dict "path" "/imports" "type" "Prefix")
  (dict "path" "/files" "type" "Prefix")
-}}
{{- if .Values.routes.calendar }}{{- $paths = append $paths (dict "path" "/calendar" "type" "Prefix") }}{{- end -}}
{{- if and .Values.routes.payments .Values.payments.enabled }}{{- $paths = append $paths (dict "path" "/payments/notify" "type" "Exact") }}{{- end -}}
{{- toJson (concat $paths .Values.routes.morePaths) -}}
{{- end -}}
