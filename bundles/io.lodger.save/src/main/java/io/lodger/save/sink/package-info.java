/** Where an image is written to: a file that is there only when it is whole, or a stream. */
package io.lodger.save.sink;
