import { type Random, randomUuid } from './random.js';
import { notFoundTask, WireError } from './wire-error.js';

/** How the export tasks of an endpoint are to go. */
export interface ExportSettings {
  /** The folder whose sub-folders stand for buckets; default: there is no bucket. */
  readonly folder?: string;
  /** How often a task is seen pending, then running, before it goes on; default once each. */
  readonly pollsEach?: number;
  /** What every task ends with, in place of COMPLETED. */
  readonly ending?: 'FAILED';
  /** What the policy of every bucket forbids the service. */
  readonly forbidden?: 'GetBucketAcl' | 'PutObject';
}

type ExportStatus = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'PENDING_CANCEL' | 'CANCELLED';

/** What a task was started with. */
interface StartedExport {
  readonly taskName: string | undefined;
  readonly logGroupName: string;
  readonly from: number;
  readonly to: number;
  readonly destination: string;
  readonly destinationPrefix: string;
  readonly creationTime: number;
  /** Puts the objects into the bucket. */
  readonly write: (taskId: string) => void;
}

/** A task as it is kept. */
export interface ExportTask extends StartedExport {
  readonly taskId: string;
  readonly status: ExportStatus;
  readonly message: string;
  readonly completionTime: number | undefined;
}

/** The export tasks of an endpoint: they go on when they are asked about. */
export interface ExportTasks {
  readonly settings: ExportSettings;
  /** In the order of their creation. */
  readonly tasks: ReadonlyMap<string, ExportTask>;
  /** Throws LimitExceededException while another is pending or runs. */
  start(task: StartedExport): ExportTask;
  /** Brings every task a step on. */
  poll(): void;
  /** Throws InvalidOperationException where it is over. */
  cancel(taskId: string): void;
}

/** An account has one task at a time. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const maxActiveTasks = 1;

type KeptTask = { -readonly [Member in keyof ExportTask]: ExportTask[Member] } & { polls: number };

/** Creates the export tasks of an endpoint. */
export function createExportTasks(settings: ExportSettings, now: () => number, random: Random): ExportTasks {
  const { pollsEach = 1, ending } = settings;
  const tasks = new Map<string, KeptTask>();
  const end = (task: KeptTask, status: ExportStatus, message: string): void => {
    Object.assign(task, { status, message, completionTime: now() });
  };
  const run = (task: KeptTask): void => {
    try {
      if (ending === 'FAILED') throw new Error('The export failed for an unknown reason.');
      task.write(task.taskId);
      end(task, 'COMPLETED', 'Completed successfully');
    } catch (error) {
      end(task, 'FAILED', error instanceof Error ? error.message : String(error));
    }
  };
  const step = (task: KeptTask): void => {
    if (task.status === 'PENDING_CANCEL') end(task, 'CANCELLED', 'Cancelled by user');
    if (!isActive(task)) return;
    task.polls += 1;
    if (task.polls > 2 * pollsEach) run(task);
    else if (task.polls > pollsEach) Object.assign(task, { status: 'RUNNING', message: 'Started successfully' });
  };
  return {
    settings,
    tasks,
    start(started) {
      if ([...tasks.values()].filter(isActive).length >= maxActiveTasks) {
        throw new WireError('LimitExceededException', 'Resource limit exceeded.');
      }
      const state = { status: 'PENDING', message: '', completionTime: undefined, polls: 0 } as const;
      const task: KeptTask = { ...started, ...state, taskId: randomUuid(random) };
      tasks.set(task.taskId, task);
      return task;
    },
    poll() {
      for (const task of tasks.values()) step(task);
    },
    cancel(taskId) {
      const task = tasks.get(taskId);
      if (task === undefined) throw notFoundTask();
      if (!isActive(task)) {
        throw new WireError('InvalidOperationException', 'The specified export task is neither pending nor running.');
      }
      Object.assign(task, { status: 'PENDING_CANCEL', message: 'Cancellation requested' });
    },
  };
}

function isActive({ status }: ExportTask): boolean {
  return status === 'PENDING' || status === 'RUNNING';
}
