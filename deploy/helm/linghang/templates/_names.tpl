{{/* Names and labels of everything that the chart makes. */}}

{{- define "linghang.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 36 | trimSuffix "-" -}}
{{- end -}}

{{/* The release's name, once: "linghang" and not "linghang-linghang". Short enough for what is appended to it. */}}
{{- define "linghang.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 36 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 36 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 36 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "linghang.version" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{/* What a selector holds on to: these never change while a release lives. Takes (list root component). */}}
{{- define "linghang.selectorLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "linghang.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* All labels of an object. Takes (list root component); the component may be empty for what belongs to all. */}}
{{- define "linghang.labels" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $labels := dict
  "app.kubernetes.io/name" (include "linghang.name" $root)
  "app.kubernetes.io/instance" $root.Release.Name
  "app.kubernetes.io/version" (include "linghang.version" $root | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/part-of" "linghang"
  "app.kubernetes.io/managed-by" $root.Release.Service
  "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
-}}
{{- if $component }}{{- $_ := set $labels "app.kubernetes.io/component" $component }}{{- end -}}
{{- with $root.Values.cell.name }}{{- $_ := set $labels "linghang.cn/cell" . }}{{- end -}}
{{- toYaml (merge $labels $root.Values.commonLabels) -}}
{{- end -}}

{{/* metadata of an object. Takes (dict "root" . "name" … "component" … "labels" … "annotations" …). */}}
{{- define "linghang.metadata" -}}
{{- $labels := include "linghang.labels" (list .root .component) | fromYaml -}}
{{- $annotations := merge (deepCopy (.annotations | default dict)) .root.Values.commonAnnotations -}}
name: {{ .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- toYaml (merge $labels (.labels | default dict)) | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Anything that a value gives, as YAML or text, with templates in it. Takes (list root value). */}}
{{- define "linghang.tpl" -}}
{{- $value := index . 1 -}}
{{- if kindIs "string" $value -}}
{{- tpl $value (index . 0) -}}
{{- else -}}
{{- tpl (toYaml $value) (index . 0) -}}
{{- end -}}
{{- end -}}
