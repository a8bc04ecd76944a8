import { vi } from 'vitest';

// Files share a worker and what it has loaded of packages. Our own modules each file loads for itself: hooks that a
// helper registers when it is loaded belong to one file, and nothing that a module remembers goes over into the next.
vi.resetModules();
