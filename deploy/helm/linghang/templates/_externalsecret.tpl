{{/* Keys of one Secret, fetched from outside. Takes (dict "root" … "name" … "keys" … "component" … "annotations" …). */}}
{{- define "linghang.externalSecret" -}}
{{- $external := .root.Values.externalSecrets -}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  {{- include "linghang.metadata" (dict "root" .root "name" .name "component" .component "annotations" .annotations) | nindent 2 }}
spec:
  refreshInterval: {{ $external.refreshInterval }}
  secretStoreRef:
    {{- toYaml $external.storeRef | nindent 4 }}
  target:
    name: {{ .name }}
    creationPolicy: Owner
  data:
    {{- range $key := .keys }}
    - secretKey: {{ $key }}
      remoteRef:
        {{- $remote := index $external.remote $key | default (dict "key" $external.remoteKey "property" $key) }}
        {{- toYaml $remote | nindent 8 }}
    {{- end }}
{{- end -}}
