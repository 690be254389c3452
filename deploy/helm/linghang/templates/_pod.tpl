{{/* What all our pods have in common, those of jobs included: restricted, no token, their own secrets and nothing else. */}}

{{/* Takes (list root process). Everything of a pod's spec but its containers and what only a long-lived pod has. */}}
{{- define "linghang.podBasics" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $values := $process.values -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "linghang.pullSecrets" $root }}
securityContext:
  {{- include "linghang.given" $values.podSecurityContext | nindent 2 }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with $values.schedulerName }}
schedulerName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with $values.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Takes (list root process). */}}
{{- define "linghang.volumes" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $values := $process.values -}}
{{- $facts := include "linghang.facts" $root | fromYaml -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ $values.tmpSizeLimit }}
{{- include "linghang.secretsVolume" (include "linghang.secrets" . | fromYaml) }}
{{- include "linghang.trustVolumes" (include "linghang.trusted" . | fromYaml) }}
{{- if and $process.spec.kafka $facts.kafkaToken }}
- name: kafka-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken:
          path: token
          audience: {{ $root.Values.kafka.sasl.oauth.audience }}
          expirationSeconds: {{ $root.Values.kafka.sasl.oauth.expirationSeconds }}
{{- end }}
{{- if and $process.spec.papers (not $root.Values.materials.store) }}
- name: papers
  persistentVolumeClaim:
    claimName: {{ $root.Values.materials.existingClaim }}
{{- end }}
{{- with $values.extraVolumes }}
{{ include "linghang.tpl" (list $root .) }}
{{- end }}
{{- end -}}

{{/* Takes (list root process). */}}
{{- define "linghang.mounts" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $facts := include "linghang.facts" $root | fromYaml -}}
- name: tmp
  mountPath: /tmp
{{- with (include "linghang.secrets" . | fromYaml).items }}
- name: secrets
  mountPath: {{ include "linghang.secretsPath" $ }}
  readOnly: true
{{- end }}
{{- include "linghang.trustMounts" (include "linghang.trusted" . | fromYaml) }}
{{- if and $process.spec.kafka $facts.kafkaToken }}
- name: kafka-token
  mountPath: /var/run/linghang/kafka-token
  readOnly: true
{{- end }}
{{- if and $process.spec.papers (not $root.Values.materials.store) }}
- name: papers
  mountPath: /var/lib/linghang/papers
{{- end }}
{{- with $process.values.extraVolumeMounts }}
{{ include "linghang.tpl" (list $root .) }}
{{- end }}
{{- end -}}

{{/* Spread as the values ask, over pods of the same process and the same version, unless a constraint says which. */}}
{{- define "linghang.spread" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- range $process.values.topologySpreadConstraints }}
{{- $constraint := deepCopy . }}
{{- if not $constraint.labelSelector }}
{{- $_ := set $constraint "labelSelector" (dict "matchLabels" (include "linghang.selectorLabels" (list $root $process.name) | fromYaml)) }}
{{- if not $constraint.matchLabelKeys }}{{- $_ := set $constraint "matchLabelKeys" (list "pod-template-hash") }}{{- end }}
{{- end }}
- {{ toYaml $constraint | nindent 2 | trim }}
{{- end }}
{{- end -}}

{{/* The template of a process's pods. Takes (list root process). */}}
{{- define "linghang.podTemplate" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $values := $process.values -}}
{{- $labels := include "linghang.labels" (list $root $process.name) | fromYaml -}}
metadata:
  labels:
    {{- toYaml (merge (omit $labels "helm.sh/chart" "app.kubernetes.io/managed-by") $values.podLabels) | nindent 4 }}
  annotations:
    kubectl.kubernetes.io/default-container: {{ $process.name }}
    {{- with $root.Values.secrets.revision }}
    linghang.cn/secrets-revision: {{ . | quote }}
    {{- end }}
    {{- with $values.podAnnotations }}
    {{- include "linghang.tpl" (list $root .) | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "linghang.serviceAccountName" $process }}
  {{- include "linghang.podBasics" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ include "linghang.gracePeriod" $values }}
  {{- with $values.affinity }}
  affinity:
    {{- include "linghang.tpl" (list $root .) | nindent 4 }}
  {{- end }}
  {{- with $values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- include "linghang.spread" (list $root $process) | trim | nindent 4 }}
  {{- end }}
  {{- with $values.initContainers }}
  initContainers:
    {{- include "linghang.tpl" (list $root .) | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ $process.name }}
      image: {{ include "linghang.image" (list $root $process.spec.image) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args: [{{ $process.spec.main }}]
      securityContext:
        {{- include "linghang.given" $values.securityContext | nindent 8 }}
      env:
        {{- include "linghang.env" . | nindent 8 }}
        {{- include "linghang.filesEnv" . | nindent 8 }}
        {{- with $values.extraEnv }}
        {{- include "linghang.tpl" (list $root .) | nindent 8 }}
        {{- end }}
      {{- with $values.extraEnvFrom }}
      envFrom:
        {{- include "linghang.tpl" (list $root .) | nindent 8 }}
      {{- end }}
      ports:
        {{- if $process.spec.serves }}
        - { name: http, containerPort: 8080, protocol: TCP }
        {{- end }}
        - { name: management, containerPort: 9090, protocol: TCP }
      startupProbe:
        httpGet: { path: /health/started, port: management }
        {{- toYaml $values.startupProbe | nindent 8 }}
      readinessProbe:
        httpGet: { path: /health/ready, port: management }
        {{- toYaml $values.readinessProbe | nindent 8 }}
      livenessProbe:
        httpGet: { path: /health/live, port: management }
        {{- toYaml $values.livenessProbe | nindent 8 }}
      {{- if gt (int $values.preStopSeconds) 0 }}
      lifecycle:
        preStop:
          sleep: { seconds: {{ $values.preStopSeconds }} }
      {{- end }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      volumeMounts:
        {{- include "linghang.mounts" . | nindent 8 }}
    {{- with $values.sidecars }}
    {{- include "linghang.tpl" (list $root .) | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "linghang.volumes" . | nindent 4 }}
{{- end -}}
