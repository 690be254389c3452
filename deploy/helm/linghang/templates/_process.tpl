{{/* What a process is: its row in files/platform.yaml, with what the values say of it. */}}

{{- define "linghang.platform" -}}
{{- .Files.Get "files/platform.yaml" -}}
{{- end -}}

{{/*
One process, whole: row of platform.yaml (`spec`), values (`values`: `defaults` with the process's own over them), its
name and that of its objects. Takes (list root name).
*/}}
{{- define "linghang.process" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $platform := include "linghang.platform" $root | fromYaml -}}
{{- $spec := index (merge dict $platform.processes $platform.jobs) $name -}}
{{- $own := ternary (index $root.Values $name) dict (hasKey $platform.processes $name) -}}
{{- $values := mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy ($own | default dict)) -}}
{{- toYaml (dict "name" $name "fullname" (printf "%s-%s" (include "linghang.fullname" $root) $name) "spec" $spec "values" $values) -}}
{{- end -}}

{{/* How many seconds a pod is given to end: the pause before SIGTERM, the whole of the shutdown, and what Node takes to end. */}}
{{- define "linghang.gracePeriod" -}}
{{- add (int .preStopSeconds) (int .shutdownSeconds) 5 -}}
{{- end -}}

{{/* The reference of an image. Takes (list root image). A digest wins over a tag: it is what was tested. */}}
{{- define "linghang.image" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $image := $root.Values.image -}}
{{- $registry := $root.Values.global.imageRegistry | default $image.registry -}}
{{- $repository := printf "%s%s" $image.repositoryPrefix $name -}}
{{- if $registry }}{{- $repository = printf "%s/%s" (trimSuffix "/" $registry) $repository }}{{- end -}}
{{- with index $image.digests $name -}}
{{- printf "%s@%s" $repository . -}}
{{- else -}}
{{- printf "%s:%s" $repository (include "linghang.version" $root) -}}
{{- end -}}
{{- end -}}

{{- define "linghang.pullSecrets" -}}
{{- $secrets := concat (.Values.global.imagePullSecrets | default list) (.Values.image.pullSecrets | default list) -}}
{{- with $secrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ if kindIs "map" . }}{{ .name }}{{ else }}{{ . }}{{ end }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "linghang.serviceAccountName" -}}
{{- $account := .values.serviceAccount -}}
{{- $account.name | default (ternary .fullname "default" $account.create) -}}
{{- end -}}

{{/* A map without what is null: how a default is taken away (OpenShift gives every namespace user ids of its own). */}}
{{- define "linghang.given" -}}
{{- $given := dict -}}
{{- range $key, $value := . }}{{- if not (kindIs "invalid" $value) }}{{- $_ := set $given $key $value }}{{- end }}{{- end -}}
{{- toYaml $given -}}
{{- end -}}
