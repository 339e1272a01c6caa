/** The moment itself: the process is stopped, made to fork, and runs on, while its copy stays. */
package io.lodger.snapshot.capture;
