import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchOnce, javaFromWheel, type Report, timed } from '@linghang/devstack'
import { parseAllDocuments } from 'yaml'
import { moduleFolder, must } from './programs.ts'
import { ofDefinition, ofKubernetes } from './strict-schemas.ts'
import { chartVersions } from './versions.ts'

/** What each kind of object may hold, from its makers' own definitions. */

type Json = { [key: string]: unknown }
/** `definitions` are Kubernetes' own, to which `kinds` (of Kubernetes) and `extensions` (all others) refer. */
export type Definitions = { definitions: Json; kinds: Record<string, string>; extensions: Record<string, Json> }

/** Definitions that no registry carries: written by us from their documentation, for the fields that the chart uses. */
const ownFolder = fileURLToPath(new URL('./definitions/', import.meta.url))

const strimziModels = {
  Kafka: 'kafka.Kafka',
  KafkaNodePool: 'nodepool.KafkaNodePool',
  KafkaTopic: 'topic.KafkaTopic',
  KafkaUser: 'user.KafkaUser',
}

const dependency = (artifact: string): string =>
  `<dependency><groupId>io.strimzi</groupId><artifactId>${artifact}</artifactId><version>${chartVersions.strimzi}</version></dependency>`

/** Strimzi's jars hold no definitions, but its generator, which makes them from its classes; those want Java 21. */
async function strimziDefinitions(folder: string, report: Report): Promise<string[]> {
  const work = join(folder, 'strimzi')
  await mkdir(work)
  await writeFile(
    join(work, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>linghang</groupId>` +
      `<artifactId>strimzi-definitions</artifactId><version>1</version><packaging>pom</packaging>` +
      `<dependencies>${dependency('crd-generator')}${dependency('api')}</dependencies></project>\n`,
  )
  const goals = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'lib')}`]
  await must('mvn', ['-q', '-B', '-ntp', '-f', join(work, 'pom.xml'), ...goals])
  const java = await javaFromWheel(report)
  const wanted = Object.entries(strimziModels).map(
    ([kind, model]) => `io.strimzi.api.kafka.model.${model}=${join(work, `${kind}.json`)}`,
  )
  const generator = ['io.strimzi.crdgenerator.CrdGenerator', '--target-kube', '1.25+', '--crd-api-version', 'v1']
  await must(java.command, ['-cp', join(work, 'lib/*'), ...generator, ...wanted])
  const texts = Object.keys(strimziModels).map(kind => readFileSync(join(work, `${kind}.json`), 'utf8'))
  await rm(work, { recursive: true })
  return texts
}

async function textsOfModules(): Promise<string[]> {
  const texts: string[] = []
  for (const { folder, files, ...pinned } of chartVersions.definitions) {
    const found = join(await moduleFolder(pinned), folder)
    for (const file of readdirSync(found).filter(name => files.test(name)))
      texts.push(readFileSync(join(found, file), 'utf8'))
  }
  return texts
}

const extensionsIn = (texts: readonly string[]): Record<string, Json> =>
  Object.assign(
    {},
    ...texts
      .flatMap(text => parseAllDocuments(text).map(document => document.toJS() as Json))
      .filter(document => document?.kind === 'CustomResourceDefinition')
      .map(ofDefinition),
  )

async function gather(folder: string, report: Report): Promise<void> {
  const swagger = join(await moduleFolder(chartVersions.kubernetes), 'api/openapi-spec/swagger.json')
  const kubernetes = ofKubernetes(JSON.parse(readFileSync(swagger, 'utf8')))
  const extensions = extensionsIn([...(await textsOfModules()), ...(await strimziDefinitions(folder, report))])
  writeFileSync(join(folder, 'definitions.json'), JSON.stringify({ ...kubernetes, extensions }))
}

const nameOfAll = (): string => {
  const modules = chartVersions.definitions.map(({ module }) => module.split('@').at(-1))
  return [
    'chart-definitions-1',
    chartVersions.kubernetes.module.split('@').at(-1),
    ...modules,
    chartVersions.strimzi,
  ].join('-')
}

/** The definitions, gathered once into this user's cache. @throws FETCH_FAILED */
export async function definitions(report: Report = () => undefined): Promise<Definitions> {
  const folder = await fetchOnce(nameOfAll(), inner =>
    timed(report, 'chart', 'gather what each kind of object may hold', () => gather(inner, report)),
  )
  const gathered: Definitions = JSON.parse(readFileSync(join(folder, 'definitions.json'), 'utf8'))
  const own = readdirSync(ownFolder).map(file => readFileSync(join(ownFolder, file), 'utf8'))
  return { ...gathered, extensions: { ...gathered.extensions, ...extensionsIn(own) } }
}
