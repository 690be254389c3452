{{/* What the values come to, asked in many places: each answered once, as true or false. */}}
{{- define "linghang.facts" -}}
{{- $kafka := .Values.kafka -}}
{{- $sasl := hasPrefix "SASL_" $kafka.securityProtocol -}}
{{- $oauth := and $sasl (eq $kafka.sasl.mechanism "OAUTHBEARER") -}}
always: true
kafkaSasl: {{ $sasl }}
kafkaPassword: {{ and $sasl (not $oauth) }}
kafkaOauth: {{ $oauth }}
kafkaToken: {{ and $oauth (eq $kafka.sasl.oauth.by "token") }}
kafkaClientSecret: {{ and $oauth (eq $kafka.sasl.oauth.by "client") }}
directUrl: {{ .Values.postgresql.pooled }}
temporalApiKey: {{ .Values.temporal.apiKey }}
objectStore: {{ and (hasPrefix "s3://" .Values.materials.store) .Values.materials.accessKeys }}
payments: {{ .Values.payments.enabled }}
{{- end -}}
