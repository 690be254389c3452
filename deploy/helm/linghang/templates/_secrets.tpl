{{/* Where secrets stand, and how a pod comes to them: as files, so that no environment, dump or log shows them. */}}

{{/*
The secrets of a process that are asked for, each {variable, secret, key}. What no row of `secrets.from` says otherwise
stands in `secrets.existingSecret`, under the variable's name, with the process's behind it where values differ.
Takes (list root process).
*/}}
{{- define "linghang.secrets" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $facts := include "linghang.facts" $root | fromYaml -}}
{{- $items := list -}}
{{- range $process.spec.secrets }}
{{- if index $facts (.when | default "always") }}
{{- $isDatabase := hasPrefix "DATABASE_" .name }}
{{- $of := ternary ($process.spec.database | default "") $process.name $isDatabase }}
{{- $key := ternary (printf "%s.%s" .name $of) .name (.own | default false) }}
{{- $from := dict "secret" (include "linghang.mainSecret" $root) "key" $key }}
{{- if and (eq .name "KAFKA_SASL_PASSWORD") $root.Values.strimzi.enabled $root.Values.strimzi.users.enabled }}
{{- $from = dict "secret" (include "linghang.kafkaUser" (list $root $process.name)) "key" "password" }}
{{- end }}
{{- /* Before the release there is only what is made before it. */}}
{{- if and $root.Values.externalSecrets.enabled (eq $process.name "migrate") (eq $root.Values.migrations.mode "helmHook") }}
{{- $_ := set $from "secret" $process.fullname }}
{{- end }}
{{- with index $root.Values.secrets.from $key }}{{- $from = mergeOverwrite $from . }}{{- end }}
{{- $items = append $items (dict "variable" .name "secret" $from.secret "key" $from.key) }}
{{- end }}
{{- end }}
{{- toYaml (dict "items" $items) -}}
{{- end -}}

{{/* The Secret in which everything stands that has no row of its own. */}}
{{- define "linghang.mainSecret" -}}
{{- .Values.secrets.existingSecret | default (include "linghang.fullname" .) -}}
{{- end -}}

{{- define "linghang.secretsPath" -}}/var/run/linghang/secrets{{- end -}}
{{- define "linghang.trustPath" -}}/var/run/linghang/trust{{- end -}}

{{/* All environment that names files of a pod. Takes (list root process). */}}
{{- define "linghang.filesEnv" -}}
{{- $secrets := include "linghang.secretsEnv" (include "linghang.secrets" . | fromYaml) | trim -}}
{{- $trust := include "linghang.trustEnv" (include "linghang.trusted" . | fromYaml) | trim -}}
{{- join "\n" (compact (list $secrets $trust)) -}}
{{- end -}}

{{/* `NAME_FILE` for each of them. */}}
{{- define "linghang.secretsEnv" -}}
{{- range .items }}
- name: {{ .variable }}_FILE
  value: {{ include "linghang.secretsPath" $ }}/{{ .variable }}
{{- end }}
{{- end -}}

{{/* One projected volume of just these keys: a pod holds no secret that is not its own. */}}
{{- define "linghang.secretsVolume" -}}
{{- if .items }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- range .items }}
      - secret:
          name: {{ .secret }}
          items:
            - key: {{ .key }}
              path: {{ .variable }}
      {{- end }}
{{- end }}
{{- end -}}

{{/* Whom to trust and who we are, where the system's store does not say it: certificates of one peer. Takes (list root peer). */}}
{{- define "linghang.trust" -}}
{{- $root := index . 0 -}}
{{- $trust := index $root.Values.trust (index . 1) -}}
{{- if and (eq (index . 1) "kafka") $root.Values.strimzi.enabled (not $trust.secret) (not $trust.configMap) -}}
{{- $trust = mergeOverwrite (deepCopy $trust) (dict "secret" (printf "%s-cluster-ca-cert" (include "linghang.kafkaCluster" $root))) -}}
{{- end -}}
{{- if and (eq (index . 1) "postgresql") $root.Values.cnpg.enabled (not $trust.secret) (not $trust.configMap) -}}
{{- $trust = mergeOverwrite (deepCopy $trust) (dict "secret" (printf "%s-ca" (include "linghang.databaseCluster" $root))) -}}
{{- end -}}
{{- toYaml $trust -}}
{{- end -}}

{{/* The peers of a process for which certificates are given: {peer, trust}. Takes (list root process). */}}
{{- define "linghang.trusted" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $found := list -}}
{{- range $peer := list "postgresql" "kafka" "temporal" "system" }}
{{- $asked := or (eq $peer "system") (has $peer $process.spec.talksTo) }}
{{- $trust := include "linghang.trust" (list $root $peer) | fromYaml }}
{{- if and $asked (or $trust.secret $trust.configMap) }}
{{- $found = append $found (dict "peer" $peer "trust" $trust) }}
{{- end }}
{{- end }}
{{- toYaml (dict "items" $found) -}}
{{- end -}}

{{- define "linghang.trustEnv" -}}
{{- $base := include "linghang.trustPath" . -}}
{{- range .items }}
{{- $path := printf "%s/%s" $base .peer }}
{{- if eq .peer "system" }}
- name: NODE_EXTRA_CA_CERTS
  value: {{ $path }}/ca.crt
{{- else if ne .peer "postgresql" }}
{{- $prefix := upper .peer }}
{{- if .trust.ca }}
- name: {{ $prefix }}_CA_FILE
  value: {{ $path }}/ca.crt
{{- end }}
{{- if .trust.cert }}
- name: {{ $prefix }}_CERT_FILE
  value: {{ $path }}/tls.crt
- name: {{ $prefix }}_KEY_FILE
  value: {{ $path }}/tls.key
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "linghang.trustVolumes" -}}
{{- range .items }}
- name: trust-{{ .peer }}
  projected:
    defaultMode: 0440
    sources:
      - {{ ternary "secret" "configMap" (ne (.trust.secret | default "") "") }}:
          name: {{ .trust.secret | default .trust.configMap }}
          items:
            {{- if .trust.ca }}
            - { key: {{ .trust.ca }}, path: ca.crt }
            {{- end }}
            {{- if .trust.cert }}
            - { key: {{ .trust.cert }}, path: tls.crt }
            - { key: {{ .trust.key }}, path: tls.key }
            {{- end }}
{{- end }}
{{- end -}}

{{- define "linghang.trustMounts" -}}
{{- $base := include "linghang.trustPath" . -}}
{{- range .items }}
- name: trust-{{ .peer }}
  mountPath: {{ $base }}/{{ .peer }}
  readOnly: true
{{- end }}
{{- end -}}
