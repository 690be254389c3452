{{/* Who may speak to whom, from `talksTo` in files/platform.yaml: everything else is refused. */}}

{{/* The port of an address, or what its scheme says. */}}
{{- define "linghang.portOf" -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- $port | default (ternary "80" "443" (eq $url.scheme "http")) -}}
{{- end -}}

{{/* Ports of a peer: as the values say, or as its address does. Takes (list root peer). */}}
{{- define "linghang.peerPorts" -}}
{{- $root := index . 0 -}}
{{- $peer := index . 1 -}}
{{- $values := $root.Values -}}
{{- $ports := list -}}
{{- with (index $values.networkPolicy.peers $peer).ports }}
{{- range . }}{{- $ports = append $ports (int .) }}{{- end }}
{{- else }}
{{- if eq $peer "postgresql" }}{{- $ports = list 5432 }}
{{- else if eq $peer "kafka" }}
{{- range splitList "," (include "linghang.kafkaBrokers" $root) }}{{- $ports = append $ports (regexFind "[0-9]+$" . | int) }}{{- end }}
{{- if eq (include "linghang.facts" $root | fromYaml).kafkaClientSecret true }}{{- $ports = append $ports (include "linghang.portOf" $values.kafka.sasl.oauth.tokenEndpoint | int) }}{{- end }}
{{- else if eq $peer "temporal" }}{{- $ports = list (regexFind "[0-9]+$" $values.temporal.address | int) }}
{{- else if eq $peer "identityProvider" }}{{- $ports = list (include "linghang.portOf" $values.oidc.issuer | int) }}
{{- else if eq $peer "payments" }}{{- $ports = list (include "linghang.portOf" $values.payments.baseUrl | int) }}
{{- else if eq $peer "telemetry" }}{{- $ports = list (include "linghang.portOf" (include "linghang.telemetryEndpoint" $root) | int) }}
{{- else if eq $peer "objectStore" }}
{{- $endpoint := regexFind "endpoint=[^&]+" $values.materials.store | trimPrefix "endpoint=" }}
{{- $ports = list (include "linghang.portOf" ($endpoint | default "https://s3") | int) }}
{{- end }}
{{- end }}
{{- toJson ($ports | uniq) -}}
{{- end -}}

{{/* Whether there is such a peer at all: what is not used needs no hole. Takes (list root peer). */}}
{{- define "linghang.peerIsUsed" -}}
{{- $root := index . 0 -}}
{{- $peer := index . 1 -}}
{{- if eq $peer "payments" }}{{ $root.Values.payments.enabled }}
{{- else if eq $peer "telemetry" }}{{ ne (include "linghang.telemetryEndpoint" $root) "" }}
{{- else if eq $peer "objectStore" }}{{ ne $root.Values.materials.store "" }}
{{- else }}true
{{- end }}
{{- end -}}

{{/* Where a peer is: as the values say, pods that this chart makes, or anywhere on its ports. Takes (list root peer). */}}
{{- define "linghang.peerTo" -}}
{{- $root := index . 0 -}}
{{- $peer := index . 1 -}}
{{- $to := (index $root.Values.networkPolicy.peers $peer).to -}}
{{- if $to -}}
{{- toYaml $to -}}
{{- else if and (eq $peer "postgresql") $root.Values.cnpg.enabled -}}
- podSelector:
    matchLabels: { cnpg.io/cluster: {{ include "linghang.databaseCluster" $root }} }
{{- else if and (eq $peer "kafka") $root.Values.strimzi.enabled $root.Values.strimzi.kafka.enabled -}}
- podSelector:
    matchLabels: { strimzi.io/cluster: {{ include "linghang.kafkaCluster" $root }}, strimzi.io/kind: Kafka }
{{- else if and (eq $peer "telemetry") $root.Values.collector.enabled -}}
- podSelector:
    matchLabels:
      {{- include "linghang.selectorLabels" (list $root "collector") | nindent 6 }}
{{- end -}}
{{- end -}}

{{/* The rules of egress of one row of the matrix. Takes (list root process). */}}
{{- define "linghang.egress" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $platform := include "linghang.platform" $root | fromYaml -}}
{{- range $peer := $process.spec.talksTo }}
{{- if hasKey $platform.processes $peer }}
- to:
    - podSelector:
        matchLabels:
          {{- include "linghang.selectorLabels" (list $root $peer) | nindent 10 }}
  ports:
    - { protocol: TCP, port: http }
{{- else if eq $peer "dns" }}
- to:
    {{- toYaml $root.Values.networkPolicy.dns.to | nindent 4 }}
  ports:
    {{- range $root.Values.networkPolicy.dns.ports }}
    - { protocol: UDP, port: {{ . }} }
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- else if eq (include "linghang.peerIsUsed" (list $root $peer)) "true" }}
-
  {{- with include "linghang.peerTo" (list $root $peer) }}
  to:
    {{- . | nindent 4 }}
  {{- end }}
  ports:
    {{- range include "linghang.peerPorts" (list $root $peer) | fromJsonArray }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Who is let in: those in whose row it stands, whoever scrapes, and to the gateway who comes from outside. Takes (list root process). */}}
{{- define "linghang.ingress" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $network := $root.Values.networkPolicy -}}
{{- $platform := include "linghang.platform" $root | fromYaml -}}
{{- if $process.spec.serves }}
{{- $callers := list }}
{{- $rows := merge dict $platform.processes $platform.jobs }}
{{- range $name := keys $rows | sortAlpha }}
{{- if has $process.name (index $rows $name).talksTo }}{{- $callers = append $callers $name }}{{- end }}
{{- end }}
- from:
    {{- range $callers }}
    - podSelector:
        matchLabels:
          {{- include "linghang.selectorLabels" (list $root .) | nindent 10 }}
    {{- end }}
  ports:
    - { protocol: TCP, port: http }
{{- if eq $process.name "gateway" }}
-
  {{- with $network.from.gateway }}
  from:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  ports:
    - { protocol: TCP, port: http }
{{- end }}
{{- end }}
- from:
    {{- toYaml $network.from.prometheus | nindent 4 }}
  ports:
    - { protocol: TCP, port: management }
{{- end -}}

{{/* One row of the matrix as a policy. Takes (dict "root" … "process" … "annotations" …). */}}
{{- define "linghang.policy" -}}
{{- $root := .root -}}
{{- $process := .process -}}
{{- $pair := list $root $process -}}
{{- $extra := index $root.Values.networkPolicy.extra $process.name | default dict -}}
{{- $isJob := not (hasKey (include "linghang.platform" $root | fromYaml).processes $process.name) -}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "linghang.metadata" (dict "root" $root "name" $process.fullname "component" $process.name "annotations" .annotations) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "linghang.selectorLabels" (list $root $process.name) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- if not $isJob }}
  ingress:
    {{- include "linghang.ingress" $pair | trim | nindent 4 }}
    {{- with $extra.ingress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  egress:
    {{- include "linghang.egress" $pair | trim | nindent 4 }}
    {{- with $extra.egress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
