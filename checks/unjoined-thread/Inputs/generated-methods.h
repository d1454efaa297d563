// Macros that declare methods for which a generator writes the bodies, as those of
// Qt do.
#ifndef GENERATED_METHODS_H
#define GENERATED_METHODS_H

struct MetaObject;

#define OBJECT                                                                 \
public:                                                                        \
  static const MetaObject *staticMetaObject();                                 \
  virtual const MetaObject *metaObject() const;                                \
  virtual int metaCall(int id, void **arguments);                              \
                                                                               \
private:                                                                       \
  struct Private;

#define SIGNALS public
#define SLOTS

#endif
