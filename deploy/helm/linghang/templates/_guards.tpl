{{/*
What would come up broken, or not at all, is refused while it is rendered: one sentence in Chinese and English that names
the value and what is wanted. Takes (list root zh en).
*/}}
{{- define "linghang.refuse" -}}
{{- fail (printf "\n\n%s\n%s\n" (index . 1) (index . 2)) -}}
{{- end -}}

{{- define "linghang.guards" -}}
{{- include "linghang.guardNeeded" . -}}
{{- end -}}

{{/* What nothing runs without. */}}
{{- define "linghang.guardNeeded" -}}
{{- $values := .Values -}}
{{- $facts := include "linghang.facts" . | fromYaml -}}
{{- if not $values.publicUrl }}
{{- include "linghang.refuse" (list . "请设置 publicUrl：调用方访问网关的地址，例如 https://party.example.cn。" "Set publicUrl: how callers reach the gateway, such as https://party.example.cn.") }}
{{- end }}
{{- if not $values.oidc.issuer }}
{{- include "linghang.refuse" (list . "请设置 oidc.issuer：签发令牌的身份提供方。" "Set oidc.issuer: the identity provider whose tokens are taken.") }}
{{- end }}
{{- if not (include "linghang.kafkaBrokers" .) }}
{{- include "linghang.refuse" (list . "请设置 kafka.brokers，或启用 strimzi.enabled 与 strimzi.kafka.enabled。" "Set kafka.brokers, or strimzi.enabled and strimzi.kafka.enabled.") }}
{{- end }}
{{- if not $values.temporal.address }}
{{- include "linghang.refuse" (list . "请设置 temporal.address（主机:端口）。" "Set temporal.address (host:port).") }}
{{- end }}
{{- if not $values.secrets.existingSecret }}
{{- include "linghang.refuse" (list . "没有密钥：请设置 secrets.existingSecret。本 chart 从不自行生成密钥。" "There are no secrets: set secrets.existingSecret. The chart never makes keys of its own.") }}
{{- end }}
{{- if and (not $values.materials.store) (not $values.materials.existingClaim) }}
{{- include "linghang.refuse" (list . "请设置 materials.store（s3://…），或 materials.existingClaim（可多处写入的卷）。" "Set materials.store (s3://…), or materials.existingClaim (a volume that many pods may write).") }}
{{- end }}
{{- if and $values.materials.store $values.materials.existingClaim }}
{{- include "linghang.refuse" (list . "materials.store 与 materials.existingClaim 只能设置一个。" "Set materials.store or materials.existingClaim, not both.") }}
{{- end }}
{{- if eq $values.image.tag "latest" }}
{{- include "linghang.refuse" (list . "image.tag 不能是 latest：那样无法得知运行的是哪个版本，也无法回退。" "image.tag must not be latest: nobody could tell what runs, and there would be no way back.") }}
{{- end }}
{{- end -}}
