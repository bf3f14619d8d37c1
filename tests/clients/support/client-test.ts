import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { cleanEnvironment, type Tool } from './find-tool.ts';
import { mustRun, runTool, type ToolRun } from './run-tool.ts';

export const REGION = 'us-east-1';

/** What a scenario works with: a running server, an empty folder of its own, its tool. */
export interface ClientScene {
  readonly context: TestContext;
  readonly tool: Tool;
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** HOME of the tool; empty. */
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** A new folder inside the scene's own. */
  folder(name: string): string;
  /** Runs the tool, which must succeed; resolves to its stdout. */
  run(...args: string[]): Promise<string>;
  /** Runs the tool and leaves the judgement to the caller. */
  attempt(...args: string[]): Promise<ToolRun>;
}

export interface ClientTestOptions {
  /** Undefined: the test is skipped with `missing` as the reason. */
  readonly tool: Tool | undefined;
  readonly missing: string;
}

/** A test with a server of its own that is skipped, saying why, where its tool is missing. */
export function clientTest(
  name: string,
  options: ClientTestOptions,
  body: (scene: ClientScene) => Promise<void>,
): void {
  const { tool } = options;
  if (tool === undefined) {
    test(name, { skip: `skipped: ${options.missing}` }, () => undefined);
    return;
  }
  test(name, async (context) => {
    context.diagnostic(`${name}: ${tool.version} (${tool.path})`);
    const root = mkdtempSync(join(tmpdir(), 'stowage-client-'));
    let server: ServerProcess | undefined;
    try {
      server = await startServerProcess();
      await body(makeScene(context, tool, server, root));
    } catch (error) {
      context.diagnostic(`server said: ${server?.stderr().slice(-2000) ?? 'not started'}`);
      throw error;
    } finally {
      await server?.stop();
      rmSync(root, { recursive: true, force: true });
    }
  });
}

function makeScene(context: TestContext, tool: Tool, server: ServerProcess, root: string): ClientScene {
  const folder = (name: string): string => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const home = folder('home');
  const { accessKeyId, secretAccessKey } = server.rootCredentials;
  const env = cleanEnvironment(home, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  return {
    context,
    tool,
    endpoint: server.s3Url,
    accessKeyId,
    secretAccessKey,
    home,
    env,
    folder,
    run: (...args) => mustRun(tool.path, args, { env, cwd: root }),
    attempt: (...args) => runTool(tool.path, args, { env, cwd: root }),
  };
}
