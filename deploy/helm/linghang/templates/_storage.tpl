{{/* A size and, where one is told, a class. */}}
{{- define "linghang.storage" -}}
size: {{ .size }}
{{- with .class }}
storageClass: {{ . }}
{{- end }}
{{- end -}}
