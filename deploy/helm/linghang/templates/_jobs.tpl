{{/*
Jobs run in one of three ways (`migrations.mode`): as Helm's hook before anything changes, as Argo CD's in a sync wave of
its own, or as a plain Job for whatever applies manifests and knows neither. What a hook needs is made before it, in
copies of its own: Helm makes hooks before the rest of a release, on a first install before there is anything.
*/}}

{{/* Annotations that make an object part of the way jobs are run. Takes (list root hooks weight wave deletePolicy). */}}
{{- define "linghang.jobAnnotations" -}}
{{- $root := index . 0 -}}
{{- $mode := $root.Values.migrations.mode -}}
{{- if eq $mode "helmHook" -}}
helm.sh/hook: {{ index . 1 }}
helm.sh/hook-weight: {{ index . 2 | quote }}
helm.sh/hook-delete-policy: {{ index . 4 }}
{{- else if eq $mode "argoSync" -}}
argocd.argoproj.io/hook: Sync
argocd.argoproj.io/sync-wave: {{ index . 3 | quote }}
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
{{- end -}}
{{- end -}}

{{/*
The service account, the network policy and, where secrets come from outside, the ExternalSecret of a job. In helmHook
mode they are hooks too, and go after it: what a hook leaves belongs to no release, and another mode could not make it its
own; otherwise parts of the release, before the job in Argo's waves.
Takes (list root process hooks).
*/}}
{{- define "linghang.jobNeeds" -}}
{{- $root := index . 0 -}}
{{- $job := index . 1 -}}
{{- $annotations := dict -}}
{{- if eq $root.Values.migrations.mode "helmHook" }}
{{- $annotations = include "linghang.jobAnnotations" (list $root (index . 2) "-10" "-2" "before-hook-creation,hook-succeeded") | fromYaml }}
{{- else if eq $root.Values.migrations.mode "argoSync" }}
{{- $annotations = dict "argocd.argoproj.io/sync-wave" "-2" }}
{{- end }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "linghang.metadata" (dict "root" $root "name" $job.fullname "component" $job.name "annotations" $annotations) | nindent 2 }}
automountServiceAccountToken: false
{{- if $root.Values.networkPolicy.enabled }}
{{ include "linghang.policy" (dict "root" $root "process" $job "annotations" $annotations) }}
{{- end }}
{{- if and $root.Values.externalSecrets.enabled (eq $job.name "migrate") (eq $root.Values.migrations.mode "helmHook") }}
{{- $keys := list }}
{{- range (include "linghang.secrets" (list $root $job) | fromYaml).items }}{{- $keys = append $keys .key }}{{- end }}
{{ include "linghang.externalSecret" (dict "root" $root "name" $job.fullname "keys" $keys "component" $job.name "annotations" $annotations) }}
{{- end }}
{{- end -}}

{{/* Takes (list root job env args settings). The pod template of a job. */}}
{{- define "linghang.jobPod" -}}
{{- $root := index . 0 -}}
{{- $job := index . 1 -}}
{{- $env := index . 2 -}}
{{- $args := index . 3 -}}
{{- $settings := index . 4 -}}
{{- $pair := list $root $job -}}
metadata:
  labels:
    {{- toYaml (merge (omit (include "linghang.labels" (list $root $job.name) | fromYaml) "helm.sh/chart" "app.kubernetes.io/managed-by") $job.values.podLabels) | nindent 4 }}
  {{- with $job.values.podAnnotations }}
  annotations:
    {{- include "linghang.tpl" (list $root .) | nindent 4 }}
  {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ index . 5 }}
  {{- include "linghang.podBasics" $pair | nindent 2 }}
  containers:
    - name: {{ $job.name }}
      image: {{ include "linghang.image" (list $root $job.spec.image) }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args: {{ toJson $args }}
      securityContext:
        {{- include "linghang.given" $job.values.securityContext | nindent 8 }}
      env:
        {{- with $env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with include "linghang.filesEnv" $pair }}
        {{- . | nindent 8 }}
        {{- end }}
      resources:
        {{- toYaml $settings.resources | nindent 8 }}
      volumeMounts:
        {{- include "linghang.mounts" $pair | nindent 8 }}
  volumes:
    {{- include "linghang.volumes" $pair | nindent 4 }}
{{- end -}}

{{/*
A whole Job. A Job's template cannot be changed, so its name holds a hash of it: what is the same is left alone, what
differs is a new Job. Takes (dict "root" … "job" … "env" … "args" … "settings" … "hooks" … "weight" … "wave" …).
*/}}
{{- define "linghang.job" -}}
{{- $root := .root -}}
{{- $job := .job -}}
{{- $pod := include "linghang.jobPod" (list $root $job .env .args .settings (.account | default $job.fullname)) -}}
{{- $hash := sha256sum (printf "%s %s" ($pod | fromYaml | toJson) (include "linghang.given" .settings)) | trunc 10 -}}
---
apiVersion: batch/v1
kind: Job
metadata:
  {{- $annotations := merge (include "linghang.jobAnnotations" (list $root .hooks .weight .wave "before-hook-creation,hook-succeeded") | fromYaml) .settings.annotations }}
  {{- include "linghang.metadata" (dict "root" $root "name" (printf "%s-%s" $job.fullname $hash) "component" $job.name "annotations" $annotations) | nindent 2 }}
spec:
  backoffLimit: {{ .settings.backoffLimit }}
  activeDeadlineSeconds: {{ .settings.activeDeadlineSeconds }}
  {{- if not (kindIs "invalid" .settings.ttlSecondsAfterFinished) }}
  ttlSecondsAfterFinished: {{ .settings.ttlSecondsAfterFinished }}
  {{- end }}
  template:
    {{- $pod | nindent 4 }}
{{- end -}}
