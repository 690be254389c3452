{{/*
What would come up broken, or not at all, is refused while it is rendered: a sentence in Chinese and one in English that
name the value and what is wanted.
*/}}
{{- define "linghang.refuse" -}}
{{- fail (printf "\n\n%s\n%s\n" (index . 0) (index . 1)) -}}
{{- end -}}

{{- define "linghang.guards" -}}
{{- include "linghang.guardNeeded" . -}}
{{- include "linghang.guardEither" . -}}
{{- include "linghang.guardModes" . -}}
{{- include "linghang.guardNames" . -}}
{{- $platform := include "linghang.platform" . | fromYaml -}}
{{- range $name := keys $platform.processes | sortAlpha -}}
{{- include "linghang.guardProcess" (list $ (include "linghang.process" (list $ $name) | fromYaml)) -}}
{{- end -}}
{{- end -}}

{{/* What nothing runs without. */}}
{{- define "linghang.guardNeeded" -}}
{{- $values := .Values -}}
{{- if not $values.publicUrl }}
{{- include "linghang.refuse" (list "请设置 publicUrl：调用方访问网关的地址，例如 https://party.example.cn。" "Set publicUrl: how callers reach the gateway, such as https://party.example.cn.") }}
{{- end }}
{{- if not $values.oidc.issuer }}
{{- include "linghang.refuse" (list "请设置 oidc.issuer：签发令牌的身份提供方。" "Set oidc.issuer: the identity provider whose tokens are taken.") }}
{{- end }}
{{- if not (include "linghang.kafkaBrokers" .) }}
{{- include "linghang.refuse" (list "请设置 kafka.brokers，或同时启用 strimzi.enabled 与 strimzi.kafka.enabled。" "Set kafka.brokers, or both strimzi.enabled and strimzi.kafka.enabled.") }}
{{- end }}
{{- if not $values.temporal.address }}
{{- include "linghang.refuse" (list "请设置 temporal.address（主机:端口）。" "Set temporal.address (host:port).") }}
{{- end }}
{{- if and (not $values.secrets.existingSecret) (not $values.externalSecrets.enabled) }}
{{- include "linghang.refuse" (list "没有密钥：请设置 secrets.existingSecret，或启用 externalSecrets.enabled。本 chart 从不自行生成密钥。" "There are no secrets: set secrets.existingSecret, or externalSecrets.enabled. The chart never makes keys of its own.") }}
{{- end }}
{{- if and $values.externalSecrets.enabled (not $values.externalSecrets.storeRef.name) }}
{{- include "linghang.refuse" (list "请设置 externalSecrets.storeRef.name：从哪个 SecretStore 取密钥。" "Set externalSecrets.storeRef.name: the SecretStore from which secrets come.") }}
{{- end }}
{{- if and (not $values.materials.store) (not $values.materials.existingClaim) }}
{{- include "linghang.refuse" (list "请设置 materials.store（s3://…），或 materials.existingClaim（可由多个 Pod 写入的卷）。" "Set materials.store (s3://…), or materials.existingClaim (a volume that many pods may write).") }}
{{- end }}
{{- if and $values.payments.enabled (not (and $values.payments.merchantId $values.payments.appId $values.payments.merchantSerial $values.payments.committees)) }}
{{- include "linghang.refuse" (list "启用 payments 须同时设置 merchantId、appId、merchantSerial 与 committees。" "payments wants merchantId, appId, merchantSerial and committees, all of them.") }}
{{- end }}
{{- if and $values.collector.enabled (or (not $values.collector.image) (and (not $values.collector.endpoint) (not $values.collector.config))) }}
{{- include "linghang.refuse" (list "启用 collector 须设置 collector.image，以及 collector.endpoint 或 collector.config。" "collector wants collector.image, and collector.endpoint or collector.config.") }}
{{- end }}
{{- if and (eq $values.routes.by "httpRoute") (not $values.routes.httpRoute.parentRefs) }}
{{- include "linghang.refuse" (list "routes.by 为 httpRoute 时须设置 routes.httpRoute.parentRefs：归属的 Gateway。" "routes.by httpRoute wants routes.httpRoute.parentRefs: the Gateway that it belongs to.") }}
{{- end }}
{{- if and (eq $values.routes.by "ingress") (not (include "linghang.hosts" . | fromJsonArray)) }}
{{- include "linghang.refuse" (list "routes.by 为 ingress 时须设置 routes.hosts（或 counties 的 host）。" "routes.by ingress wants routes.hosts, or a host of counties.") }}
{{- end }}
{{- if and (eq $values.kafka.sasl.oauth.by "client") (eq $values.kafka.sasl.mechanism "OAUTHBEARER") (not $values.kafka.sasl.oauth.tokenEndpoint) }}
{{- include "linghang.refuse" (list "kafka.sasl.oauth.by 为 client 时须设置 kafka.sasl.oauth.tokenEndpoint。" "kafka.sasl.oauth.by client wants kafka.sasl.oauth.tokenEndpoint.") }}
{{- end }}
{{- end -}}

{{/* Two things of which there can be one. */}}
{{- define "linghang.guardEither" -}}
{{- $values := .Values -}}
{{- if and $values.secrets.existingSecret $values.externalSecrets.enabled }}
{{- include "linghang.refuse" (list "secrets.existingSecret 与 externalSecrets.enabled 只能选其一。" "Set secrets.existingSecret or externalSecrets.enabled, not both.") }}
{{- end }}
{{- if and $values.materials.store $values.materials.existingClaim }}
{{- include "linghang.refuse" (list "materials.store 与 materials.existingClaim 只能设置一个。" "Set materials.store or materials.existingClaim, not both.") }}
{{- end }}
{{- if and $values.kafka.brokers $values.strimzi.enabled $values.strimzi.kafka.enabled }}
{{- include "linghang.refuse" (list "kafka.brokers 与 strimzi.kafka.enabled 只能选其一。" "Set kafka.brokers or strimzi.kafka.enabled, not both.") }}
{{- end }}
{{- if and $values.telemetry.endpoint $values.collector.enabled }}
{{- include "linghang.refuse" (list "telemetry.endpoint 与 collector.enabled 只能选其一。" "Set telemetry.endpoint or collector.enabled, not both.") }}
{{- end }}
{{- range $peer, $trust := $values.trust }}
{{- if and $trust.secret $trust.configMap }}
{{- include "linghang.refuse" (list (printf "trust.%s 的 secret 与 configMap 只能设置一个。" $peer) (printf "Set trust.%s.secret or trust.%s.configMap, not both." $peer $peer)) }}
{{- end }}
{{- if ne (empty $trust.cert) (empty $trust.key) }}
{{- include "linghang.refuse" (list (printf "trust.%s 的 cert 与 key 须同时设置。" $peer) (printf "trust.%s wants both cert and key, or neither." $peer)) }}
{{- end }}
{{- end }}
{{- if and $values.cnpg.enabled $values.cnpg.pooler.enabled (not $values.postgresql.pooled) }}
{{- include "linghang.refuse" (list "启用 cnpg.pooler 时须将 postgresql.pooled 设为 true，并给出 DATABASE_DIRECT_URL。" "With cnpg.pooler.enabled set postgresql.pooled: services need DATABASE_DIRECT_URL beside the pooler.") }}
{{- end }}
{{- end -}}

{{/* Ways that do not go together. */}}
{{- define "linghang.guardModes" -}}
{{- $values := .Values -}}
{{- $mode := $values.migrations.mode -}}
{{- if and $values.cnpg.enabled $values.migrations.enabled (eq $mode "helmHook") }}
{{- include "linghang.refuse" (list "migrations.mode 为 helmHook 时迁移先于本 release 的数据库：启用 cnpg 时请用 job 或 argoSync。" "migrations.mode helmHook runs before this release has a database: with cnpg.enabled use job or argoSync.") }}
{{- end }}
{{- if and (eq $mode "argoSync") (not (and (kindIs "invalid" $values.migrations.ttlSecondsAfterFinished) (kindIs "invalid" $values.registration.ttlSecondsAfterFinished))) }}
{{- include "linghang.refuse" (list "migrations.mode 为 argoSync 时 ttlSecondsAfterFinished 须为 null：否则 Argo CD 会发现 Job 缺失。" "With migrations.mode argoSync ttlSecondsAfterFinished has to be null: Argo CD would find the Job missing.") }}
{{- end }}
{{- if and $values.strimzi.enabled $values.strimzi.users.enabled (ne $values.kafka.sasl.mechanism "SCRAM-SHA-512") }}
{{- include "linghang.refuse" (list "strimzi.users 只提供 SCRAM-SHA-512：请相应设置 kafka.sasl.mechanism，或关闭 strimzi.users.enabled。" "strimzi.users have SCRAM-SHA-512: set kafka.sasl.mechanism to it, or strimzi.users.enabled to false.") }}
{{- end }}
{{- if and $values.strimzi.enabled (gt (int $values.strimzi.minInSync) (int $values.kafka.topic.replication)) }}
{{- include "linghang.refuse" (list "strimzi.minInSync 不能大于 kafka.topic.replication：那样任何事件都无法写入。" "strimzi.minInSync is more than kafka.topic.replication: no event could ever be written.") }}
{{- end }}
{{- if and (eq $values.kafka.sasl.mechanism "OAUTHBEARER") (eq $values.kafka.securityProtocol "SASL_PLAINTEXT") }}
{{- include "linghang.refuse" (list "OAUTHBEARER 的令牌不能明文传输：kafka.securityProtocol 请用 SASL_SSL。" "A token is not sent in clear: with OAUTHBEARER set kafka.securityProtocol to SASL_SSL.") }}
{{- end }}
{{- if and $values.temporal.apiKey (not $values.temporal.tls) }}
{{- include "linghang.refuse" (list "temporal.apiKey 须同时启用 temporal.tls：密钥不能明文传输。" "temporal.apiKey wants temporal.tls: a key is not sent in clear.") }}
{{- end }}
{{- end -}}

{{/* Names that say too little, that are no more, or that two things have. */}}
{{- define "linghang.guardNames" -}}
{{- $values := .Values -}}
{{- if eq $values.image.tag "latest" }}
{{- include "linghang.refuse" (list "image.tag 不能是 latest：那样无法得知运行的是哪个版本，也无法回退。" "image.tag must not be latest: nobody could tell what runs, and there would be no way back.") }}
{{- end }}
{{- if hasSuffix ":latest" $values.collector.image }}
{{- include "linghang.refuse" (list "collector.image 不能是 latest。" "collector.image must not be latest.") }}
{{- end }}
{{- $codes := list }}
{{- range $values.counties }}
{{- if has .code $codes }}
{{- include "linghang.refuse" (list (printf "counties 中 %s 出现两次。" .code) (printf "counties has %s twice." .code)) }}
{{- end }}
{{- $codes = append $codes .code }}
{{- end }}
{{- range $name := list "METRICS_PORT" "PORT" "HOST" "MANAGEMENT_PORT" "DRAIN_SECONDS" "SHUTDOWN_SECONDS" "INSTANCE_ID" }}
{{- range $process := list "defaults" "gateway" "org" "members" "dues" "assessment" "workflows" "worker" }}
{{- if hasKey ((index $values $process).settings | default dict) $name }}
{{- include "linghang.refuse" (list (printf "%s.settings 中不能有 %s：由 chart 设置。" $process $name) (printf "%s.settings must not have %s: the chart sets it." $process $name)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What a process says of itself. Takes (list root process). */}}
{{- define "linghang.guardProcess" -}}
{{- $root := index . 0 -}}
{{- $process := index . 1 -}}
{{- $name := $process.name -}}
{{- $values := $process.values -}}
{{- $scaling := $values.autoscaling -}}
{{- if ge (int $values.drainSeconds) (int $values.shutdownSeconds) }}
{{- include "linghang.refuse" (list (printf "%s.drainSeconds 须小于 shutdownSeconds。" $name) (printf "%s.drainSeconds has to be less than its shutdownSeconds." $name)) }}
{{- end }}
{{- if ne $scaling.by "none" }}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) }}
{{- include "linghang.refuse" (list (printf "%s.autoscaling.minReplicas 大于 maxReplicas。" $name) (printf "%s.autoscaling.minReplicas is more than its maxReplicas." $name)) }}
{{- end }}
{{- if and (eq $scaling.by "hpa") (lt (int $scaling.minReplicas) 1) }}
{{- include "linghang.refuse" (list (printf "%s.autoscaling.minReplicas 为 0 只有 keda 能做到。" $name) (printf "%s.autoscaling.minReplicas 0 is what keda alone can do." $name)) }}
{{- end }}
{{- if and (eq $scaling.by "hpa") $scaling.keda.triggers }}
{{- include "linghang.refuse" (list (printf "%s.autoscaling.by 为 hpa，却设置了 keda.triggers。" $name) (printf "%s.autoscaling.by is hpa, and keda.triggers are given." $name)) }}
{{- end }}
{{- if and (eq $scaling.by "keda") $scaling.metrics }}
{{- include "linghang.refuse" (list (printf "%s.autoscaling.by 为 keda，却设置了 metrics。" $name) (printf "%s.autoscaling.by is keda, and metrics are given." $name)) }}
{{- end }}
{{- if and (not $scaling.metrics) (not $scaling.keda.triggers) (not (($values.resources.requests | default dict).cpu)) }}
{{- include "linghang.refuse" (list (printf "%s 按处理器伸缩，须设置 resources.requests.cpu。" $name) (printf "%s is scaled by its processor and wants resources.requests.cpu." $name)) }}
{{- end }}
{{- if and (eq $name "worker") $root.Values.temporal.workerController.enabled }}
{{- include "linghang.refuse" (list "启用 temporal.workerController 时 worker.autoscaling.by 须为 none：各版本由控制器伸缩。" "With temporal.workerController worker.autoscaling.by has to be none: the controller scales its versions.") }}
{{- end }}
{{- end }}
{{- if and $values.pdb.enabled (not (kindIs "invalid" $values.pdb.minAvailable)) (eq (toString $values.pdb.minAvailable) (ternary (toString $values.replicas) (toString $scaling.minReplicas) (eq $scaling.by "none"))) (eq (include "linghang.isMany" $values) "true") }}
{{- include "linghang.refuse" (list (printf "%s.pdb.minAvailable 等于 Pod 数：节点将永远无法清空。" $name) (printf "%s.pdb.minAvailable is the number of its pods: no node could ever be emptied." $name)) }}
{{- end }}
{{- end -}}
