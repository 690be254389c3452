{{/* How targets are called, by which rules and dashboards know them. */}}
{{- define "linghang.relabelings" -}}
- sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_component]
  regex: (.+)
  replacement: linghang-$1
  targetLabel: job
- sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_instance]
  targetLabel: release
{{- if .Values.cell.name }}
- sourceLabels: [__meta_kubernetes_pod_label_linghang_cn_cell]
  targetLabel: cell
{{- end }}
{{- with .Values.monitoring.relabelings }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* One file of rules: without what is left out, with the severities that are wanted. Takes (list root text). */}}
{{- define "linghang.ruleGroups" -}}
{{- $root := index . 0 -}}
{{- $rules := $root.Values.monitoring.rules -}}
{{- $found := index . 1 | replace "%RUNBOOKS%" (trimSuffix "/" $rules.runbooks) | fromYaml -}}
{{- $groups := list -}}
{{- range $group := $found.groups }}
{{- $kept := list }}
{{- range $rule := $group.rules }}
{{- if not (has ($rule.alert | default "") $rules.exclude) }}
{{- if $rule.alert }}
{{- with index $rules.severities $rule.alert }}{{- $_ := set $rule.labels "severity" . }}{{- end }}
{{- $_ := set $rule "labels" (mergeOverwrite $rule.labels (deepCopy $rules.alertLabels)) }}
{{- end }}
{{- $kept = append $kept $rule }}
{{- end }}
{{- end }}
{{- if $kept }}{{- $groups = append $groups (set $group "rules" $kept) }}{{- end }}
{{- end }}
{{- toYaml (dict "groups" $groups) -}}
{{- end -}}
