import { mkdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type BundleOptions, bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { bundleFolder, keepBundle } from './bundle.ts'

/**
 * Bundles the code of every type of workflow, as a program of its own: what a bundler takes of memory goes with it. Keeps
 * beside it everything that the bundle was made from.
 */
const require = createRequire(import.meta.url)

/**
 * What every workflow reads and none changes is loaded once for all and not once for each: it is most of what a
 * workflow weighs.
 */
const preloadModules = ['@linghang/rulebook']

type Config = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0]

async function bundle(): Promise<{ code: string; inputs: string[] }> {
  const read = new Set<string>()
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
    preloadModules,
    workflowInterceptorModules: [
      require.resolve('@temporalio/interceptors-opentelemetry-v2/lib/workflow-interceptors.js'),
    ],
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config: Config) => ({
      ...config,
      plugins: [
        ...(config.plugins ?? []),
        compiler =>
          compiler.hooks.done.tap('inputs', ({ compilation }) => {
            // A file that was looked for and is not there decides as well: were it there, it would be taken.
            for (const path of [...compilation.fileDependencies, ...compilation.missingDependencies]) read.add(path)
          }),
      ],
    }),
  })
  const makers = [
    require.resolve('@temporalio/worker/package.json'),
    ...['./make-bundle.ts', './bundle.ts', '../../../package-lock.json'].map(file =>
      fileURLToPath(new URL(file, import.meta.url)),
    ),
  ]
  return { code, inputs: [...read, ...makers].toSorted() }
}

mkdirSync(bundleFolder, { recursive: true })
for (;;) {
  const begunAt = Date.now()
  const { code, inputs } = await bundle()
  // A file that was saved while it was read: nobody knows which of its texts is in the bundle.
  const isLater = (path: string) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= begunAt
  if (inputs.some(isLater)) continue
  keepBundle(bundleFolder, code, inputs)
  break
}
